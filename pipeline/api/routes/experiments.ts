import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { listDefinitions } from '../definitions/store.ts';
import { rowsFor } from '../requests/rows.ts';
import { listOf } from './describe.ts';

interface Seen {
  readonly experiment: string;
  readonly variant: string;
  readonly users: number;
  readonly first_seen: string;
  readonly last_seen: string;
}

interface Decision {
  readonly experiment: string;
  readonly time: string;
  readonly text: string;
}

const SEEN = `
  SELECT assumeNotNull(experiment_key) AS experiment, ifNull(variant, '') AS variant, uniqExact(user_id) AS users,
         min(timestamp) AS first_seen, max(timestamp) AS last_seen
  FROM events FINAL
  WHERE event_type = 'experiment_exposure' AND isNotNull(experiment_key)
  GROUP BY experiment, variant
  ORDER BY experiment, variant
  LIMIT 10000`;

const DECISIONS = `
  SELECT experiment, time, text, created_by FROM annotations FINAL
  WHERE kind = 'decision' AND experiment != ''
  ORDER BY time DESC
  LIMIT 10000`;

/** The experiment that a definition asks about, where it is the definition of one. */
function experimentOf(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null) return undefined;
  if (!('analysis' in definition && definition.analysis === 'experiment' && 'experiment' in definition))
    return undefined;
  return typeof definition.experiment === 'string' ? definition.experiment : undefined;
}

/** Experiments: those that are defined, those that events speak of, and what was decided on them. */
export function experimentRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    '/experiments',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Experiments that are defined or that users were exposed to, with the decisions taken on them',
        response: listOf('experiments', { experiment: 'string', definitions: 'array', variants: 'array' }),
      },
    },
    async (request, reply) => {
      const [seen, decisions, definitions] = await Promise.all([
        rowsFor<Seen>(context, request, reply, { sql: SEEN }),
        rowsFor<Decision>(context, request, reply, { sql: DECISIONS }),
        listDefinitions(context.warehouse),
      ]);
      const defined = definitions.map(({ name, definition }) => ({ name, experiment: experimentOf(definition) }));
      const names = [...seen.map(({ experiment }) => experiment), ...defined.map(({ experiment }) => experiment)];
      const distinct = [...new Set(names.filter((name) => name !== undefined))].sort();
      const of = <T extends { experiment: string | undefined }>(list: readonly T[], name: string): object[] =>
        list.filter(({ experiment }) => experiment === name).map(({ experiment: _name, ...rest }) => rest);
      return {
        experiments: distinct.map((experiment) => ({
          experiment,
          definitions: defined.filter((entry) => entry.experiment === experiment).map(({ name }) => name),
          variants: of(seen, experiment),
          decisions: of(decisions, experiment),
        })),
      };
    },
  );
}
