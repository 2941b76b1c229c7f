import { defineAnalysis } from '../analysis.ts';
import { answer } from './answer.ts';
import { trendFaults, trendSchema, withLimit } from './schema.ts';

/**
 * Trend: measures of events over time.
 *
 *     hits     one row per event of any series, of the range and of the one it is compared with
 *     blanks   one row per interval and label that stands for no event, so that none is missing
 *     figures  one row per range, interval and label: all series side by side
 *     answer   one row per series
 */
export const trend = defineAnalysis({
  name: 'trend',
  schema: trendSchema,
  check: trendFaults,
  complete: withLimit,
  compile: answer,
});
