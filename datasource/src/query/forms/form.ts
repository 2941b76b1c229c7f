import type { Lookups } from '../../lookups.ts';
import type { Draft } from '../draft.ts';

/** What the form of every analysis takes. It changes the fields that it shows, and keeps all others. */
export interface FormProps {
  readonly definition: Draft;
  readonly lookups: Lookups;
  readonly onChange: (definition: Record<string, unknown>) => void;
}

/** A field as a text; undefined where it is missing or no text. */
export const textOf = (draft: Draft, field: string): string | undefined =>
  typeof draft[field] === 'string' ? draft[field] : undefined;

/** A field as a number; undefined where it is missing or no number. */
export const numberOf = (draft: Draft, field: string): number | undefined =>
  typeof draft[field] === 'number' ? draft[field] : undefined;

/** A field as an object; empty where it is missing or none. */
export const draftOf = (draft: Draft, field: string): Draft => {
  const found = draft[field];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Draft) : {};
};

/** A field as a list of objects; empty where it is missing or none. */
export const listOf = <T = Draft>(draft: Draft, field: string): T[] =>
  Array.isArray(draft[field]) ? (draft[field] as T[]) : [];
