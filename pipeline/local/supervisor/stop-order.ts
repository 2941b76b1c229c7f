import type { Part } from '../parts/part.ts';

/**
 * Calls `stop` for every part, each as soon as all parts that depend on it or use it have stopped.
 */
export async function inStopOrder<T extends { readonly part: Part }>(
  items: readonly T[],
  stop: (item: T) => Promise<void>,
): Promise<void> {
  const begun = new Map<T, Promise<void>>();
  const begin = (item: T): Promise<void> => {
    const known = begun.get(item);
    if (known) return known;
    const { name } = item.part;
    const users = items.filter(({ part }) => part.dependsOn.includes(name) || part.uses?.includes(name));
    const done = Promise.all(users.map(begin)).then(() => stop(item));
    begun.set(item, done);
    return done;
  };
  await Promise.all(items.map(begin));
}
