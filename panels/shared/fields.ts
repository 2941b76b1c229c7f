import type { DataFrame, Field } from '@grafana/data';

/** Finds the field of a name; case and blanks do not matter. */
export function fieldNamed(frame: DataFrame, ...names: string[]): Field | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[\s-]+/g, '_');
  return frame.fields.find((field) => names.includes(plain(field.name)));
}

/** A number of a field, or null. Whole numbers beyond 2^53 and exact decimals arrive as text. */
export function numberAt(field: Field | undefined, row: number): number | null {
  const value: unknown = field?.values[row];
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return null;
}

/** A text of a field; null stays null. */
export function textAt(field: Field | undefined, row: number): string | null {
  const value: unknown = field?.values[row];
  return value === null || value === undefined ? null : String(value);
}
