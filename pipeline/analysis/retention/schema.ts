import * as v from 'valibot';
import { commonEntries, integerSchema, selectionSchema } from '../definitions/common.ts';
import { quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { object } from '../definitions/object.ts';
import { CALENDAR_PERIODS } from '../parts/calendar.ts';

const MAX_DAY = 3660;
const MAX_BRACKETS = 60;

const day = integerSchema(0, MAX_DAY);
const bracketSchema = v.pipe(
  v.array(day),
  v.length(2, 'two days, such as [1, 7]'),
  v.check(([from = 0, to = 0]) => from <= to, 'two days of which the second is not before the first'),
  v.description('First and last day, counted from the first day of the user, which is 0'),
);

const anyEvent = { filters: [] };

export const retentionSchema = v.pipe(
  object({
    analysis: v.literal('retention'),
    ...commonEntries,
    start: v.optional(v.pipe(selectionSchema, v.description('What makes a user one of a cohort')), anyEvent),
    return: v.optional(v.pipe(selectionSchema, v.description('What counts as coming back')), anyEvent),
    period: v.optional(v.picklist(CALENDAR_PERIODS), 'day'),
    cohort: v.optional(v.picklist(['first_ever', 'recurring']), 'first_ever'),
    mode: v.optional(v.picklist(['on', 'on_or_after', 'bracket']), 'on'),
    brackets: v.optional(v.pipe(v.array(bracketSchema), v.minLength(1), v.maxLength(MAX_BRACKETS))),
    periods: v.optional(v.pipe(integerSchema(0, MAX_DAY), v.description('How many after period 0; default: all'))),
  }),
  v.description('How many of those who begin in a period come back in later ones'),
);
export type RetentionDefinition = v.InferOutput<typeof retentionSchema>;

/** Brackets belong to their mode, and number what they want themselves. */
export function retentionFaults({ mode, brackets, periods }: RetentionDefinition): DefinitionFault[] {
  if (mode === 'bracket') {
    if (brackets === undefined)
      return [
        { path: 'brackets', found: 'nothing', allowed: 'days such as [[1, 7], [8, 14]] where `mode` is "bracket"' },
      ];
    return periods === undefined
      ? []
      : [{ path: 'periods', found: quoteFound(periods), allowed: 'nothing where `mode` is "bracket"' }];
  }
  return brackets === undefined
    ? []
    : [{ path: 'brackets', found: quoteFound(brackets), allowed: 'nothing unless `mode` is "bracket"' }];
}
