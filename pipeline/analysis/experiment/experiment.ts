import { defineAnalysis } from '../analysis.ts';
import { arms } from './arms.ts';
import { comparison } from './comparison.ts';
import { participants } from './measures.ts';
import { meta } from './meta.ts';
import { experimentFaults, experimentSchema } from './schema.ts';
import { exposedUsers } from './users.ts';

/**
 * Variants of an experiment against its control:
 *
 *   exposures → exposed users → participants (a number per user and metric) → arms (statistics per variant)
 *     → one row with all arms → a row per metric and variant → tests, intervals, posteriors, decision
 */
export const experiment = defineAnalysis({
  name: 'experiment',
  schema: experimentSchema,
  check: experimentFaults,
  compile: (definition) => {
    const exposed = exposedUsers(definition);
    const queries = [...exposed, ...participants(definition), ...arms(definition)];
    return { ...comparison(definition, queries), meta: meta(definition, exposed) };
  },
});
