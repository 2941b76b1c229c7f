import { defineAnalysis } from '../analysis.ts';
import { answer } from './answer.ts';
import { memberQueries } from './members.ts';
import { retentionFaults, retentionSchema } from './schema.ts';

/**
 * Retention: users that begin in a period, and the share of them that come back in later ones.
 *
 *     hits     one row per event that is a start or a return
 *     slots    one row per user and period (or day, for brackets)
 *     members  one row per user and cohort
 *     cohorts  one row per cohort: size, members per cell
 *     cells    one row per cohort and period or bracket
 */
export const retention = defineAnalysis({
  name: 'retention',
  schema: retentionSchema,
  check: retentionFaults,
  compile: (definition) => answer(definition, memberQueries(definition)),
});
