/** The part of Web Storage that is used. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Begins every key, so that the page's own are left alone. */
export const PREFIX = 'suuupra.';

/** A storage that lasts as long as the page. */
export function memoryStorage(): KeyValue {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}

/** localStorage where it works: private windows, settings and full disks forbid it. */
export function pageStorage(kind: 'local' | 'memory'): KeyValue {
  try {
    if (kind === 'local') {
      const probe = `${PREFIX}probe`;
      localStorage.setItem(probe, '1');
      localStorage.removeItem(probe);
      return localStorage;
    }
  } catch {
    // memory is all there is
  }
  return memoryStorage();
}

/** Every key of ours that begins with a text. */
export function keysOf(storage: KeyValue, begin: string): string[] {
  const keys: string[] = [];
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index);
    if (key?.startsWith(begin)) keys.push(key);
  }
  return keys;
}
