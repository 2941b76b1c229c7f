/** What one check of the machine found. */
export interface Finding {
  readonly name: string;
  /** `warning`: the stack runs all the same, something beside it will not. */
  readonly state: 'ok' | 'warning' | 'error';
  readonly found: string;
  /** What to do; null where nothing is to be done. */
  readonly advice: string | null;
}

export const ok = (name: string, found: string): Finding => ({ name, state: 'ok', found, advice: null });

/** A version as numbers: "20.19.1" is [20, 19, 1]; what follows the numbers is left out. */
export const parseVersion = (text: string): number[] => (/\d+(\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);

/** Whether a version is at least another, compared number by number. */
export function atLeast(version: readonly number[], least: readonly number[]): boolean {
  for (const [index, wanted] of least.entries()) {
    const number = version[index] ?? 0;
    if (number !== wanted) return number > wanted;
  }
  return true;
}
