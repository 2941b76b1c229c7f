import * as v from 'valibot';
import { filtersSchema, propertySchema } from './filters.ts';
import { object } from './object.ts';
import { INSTANT_ALLOWED, isInstant, isTimezone } from './instants.ts';

/** The name of an event type: lower case with underscores, as the contract of events has it. */
export const eventNameSchema = v.pipe(
  v.string(),
  v.maxLength(100),
  v.regex(/^[a-z][a-z0-9_]*$/, 'an event type: lower-case letters, digits and underscores, beginning with a letter'),
);

export const instantSchema = v.pipe(v.string(), v.check(isInstant, INSTANT_ALLOWED));

/** A whole number within bounds. */
export const integerSchema = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Ten years: longer windows are a slip of units. */
export const MAX_SECONDS = 315_576_000;
/** Seconds with at most three decimals: time is whole milliseconds. */
export const secondsSchema = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(MAX_SECONDS),
  v.check((seconds) => Number.isInteger(Math.round(seconds * 1e6) / 1e3), 'seconds with at most 3 decimals'),
);

/** Which events: those of a type, or of any type where that is allowed, that pass all filters. */
export const selectionSchema = object({
  event: v.optional(eventNameSchema),
  filters: v.optional(filtersSchema, []),
});
export type Selection = v.InferOutput<typeof selectionSchema>;

/**
 * The fields that every definition has. Times become milliseconds since 1970 in the normalised form (see
 * normalize.ts); what a definition says of them stays as it was written.
 */
export const commonEntries = {
  from: v.optional(v.pipe(instantSchema, v.description('First instant that selects the subject; default: all data'))),
  to: v.optional(v.pipe(instantSchema, v.description('First instant that no longer does; default: all data'))),
  timezone: v.optional(
    v.pipe(
      v.string(),
      v.check(isTimezone, 'an IANA timezone such as "UTC" or "Europe/Berlin"'),
      v.description('IANA timezone of days, weeks and months'),
    ),
    'UTC',
  ),
  as_of: v.optional(v.pipe(instantSchema, v.description('"Now" and the end of the data; default: the newest event'))),
  filters: v.optional(filtersSchema, []),
  confidence: v.optional(
    v.pipe(
      v.number(),
      v.check((level) => level > 0 && level < 1, 'a number between 0 and 1'),
      v.description('Confidence of intervals, two-sided'),
    ),
    0.95,
  ),
} as const;

/** The field `breakdown` of analyses that can be broken down. */
export const breakdownEntry = { breakdown: v.optional(propertySchema) } as const;

/** What compilers know of any definition. */
export type CommonDefinition = v.InferOutput<v.StrictObjectSchema<typeof commonEntries, undefined>>;
