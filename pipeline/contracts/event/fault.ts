/** One thing that is wrong with an input. */
export interface Fault {
  /** Where: `timestamp`, `properties.amount`, `properties["a b"]`; empty for the whole. */
  readonly path: string;
  /** What stands there, as JSON, cut where it is long. */
  readonly found: string;
  /** What may stand there, in words. */
  readonly allowed: string;
}

const LONGEST_FOUND = 80;

/** A value as it is shown in a message. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return typeof value;
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    text = typeof value; // circular, or an object whose toJSON throws
  }
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}

/** One sentence per fault: `timestamp is "yesterday", allowed is …`. */
export const describeFaults = (faults: readonly Fault[]): string =>
  faults.map(({ path, found, allowed }) => `${path || 'the event'} is ${found}, allowed is ${allowed}`).join('; ');
