/** One thing that is wrong with a definition. */
export interface DefinitionFault {
  /** Where: field names and positions joined by dots, such as `steps.1.event`; empty for the definition itself. */
  readonly path: string;
  /** What stands there, as JSON, cut to a readable length; `nothing` when the field is missing. */
  readonly found: string;
  /** What may stand there, in words. */
  readonly allowed: string;
}

/** A definition was refused. All faults are listed, in the order of the fields. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly faults: readonly DefinitionFault[];

  constructor(faults: readonly DefinitionFault[]) {
    super(faults.map(describeFault).join('; '));
    this.faults = Object.freeze([...faults]);
  }
}

/** One fault as a sentence for people. */
export const describeFault = ({ path, found, allowed }: DefinitionFault): string =>
  `${path === '' ? 'the definition' : path}: found ${found}, allowed is ${allowed}`;

const LONGEST_FOUND = 120;

/** A value as it is quoted in a fault. */
export function quoteFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}
