import type { DataFrame } from '@grafana/data';
import { fieldNamed } from './fields.ts';

/** What the data source tells about an answer, beside its rows. */
export interface FrameMeta<Definition = object> {
  readonly truncated: boolean;
  /** What was asked; empty for other data. */
  readonly definition: Partial<Definition> & { readonly confidence?: number };
  /** Zone of the calendar that days are of; undefined for data that is no analysis. */
  readonly timeZone: string | undefined;
  /** Further facts of an analysis, by their names in its answer. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Until when the data is complete, in milliseconds; undefined where nobody says. */
  readonly completeUntil: number | undefined;
}

/** Reads the metadata of a frame; what is not there is empty. */
export function metaOf<Definition = object>(frame: DataFrame): FrameMeta<Definition> {
  const custom = (frame.meta?.custom ?? {}) as Record<string, unknown>;
  const facts = objectOr(custom.facts);
  const definition = objectOr(custom.definition);
  return {
    truncated: custom.truncated === true,
    definition: definition as FrameMeta<Definition>['definition'],
    timeZone: timeZoneOf(definition),
    facts,
    completeUntil: timeOf(custom.complete_until ?? facts.complete_until),
  };
}

const objectOr = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Analyses count days in UTC unless they say otherwise. */
const timeZoneOf = ({ analysis, timezone }: Record<string, unknown>): string | undefined =>
  typeof timezone === 'string' ? timezone : analysis === undefined ? undefined : 'UTC';

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(time) ? time : undefined;
}

/** The first frame that has all of the fields; undefined if none has. */
export const frameWith = (frames: readonly DataFrame[], names: readonly string[]): DataFrame | undefined =>
  frames.find((frame) => names.every((name) => fieldNamed(frame, name) !== undefined));
