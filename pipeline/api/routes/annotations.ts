import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { ApiContext } from '../context.ts';
import { read, text, time, wholeNumber } from '../requests/parameters.ts';
import { rowsFor } from '../requests/rows.ts';
import { listOf, objectOf, parameter } from './describe.ts';

const KINDS = ['deploy', 'experiment_start', 'experiment_stop', 'decision', 'note'] as const;
const kind = v.picklist(KINDS, `must be one of ${KINDS.join(', ')}`);

const listQuery = v.strictObject({
  from: v.optional(time, '1970-01-01'),
  to: v.optional(time, '2262-01-01'),
  kind: v.optional(kind),
  experiment: v.optional(text(200)),
  limit: wholeNumber(1, 1000, 100),
});

const created = v.strictObject({
  kind,
  text: text(2000),
  time: v.optional(time),
  time_end: v.optional(time),
  experiment: v.optional(text(200)),
});

/** A time as ClickHouse reads it: a whole number would be taken for milliseconds, one with a fraction for seconds. */
const asStored = (at: number): string => new Date(at).toISOString().slice(0, -1).replace('T', ' ');

/** An annotation as it travels. */
export interface Annotation {
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly time: string;
  readonly time_end: string | null;
  readonly text: string;
  readonly experiment: string | null;
  readonly created_by: string;
}

const LIST = `
  SELECT id, kind, time, time_end, text, nullIf(experiment, '') AS experiment, created_by
  FROM annotations FINAL
  WHERE time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND coalesce(time_end, time) >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND ({kind:String} = '' OR kind = {kind:String})
    AND ({experiment:String} = '' OR annotations.experiment = {experiment:String})
  ORDER BY time DESC, id
  LIMIT {limit:UInt32}`;

const FIELDS = { id: 'string', kind: 'string', time: 'string', text: 'string', created_by: 'string' };

/** What happened outside the events: deploys, experiments, decisions on them, notes. */
export function annotationRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    '/annotations',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What happened outside the events, the newest first',
        querystring: {
          ...parameter('from', 'First instant; default: all'),
          ...parameter('to', 'First instant that no longer counts; default: all'),
          ...parameter('kind', `One of ${KINDS.join(', ')}`),
          ...parameter('experiment', 'Only of this experiment'),
          ...parameter('limit', 'Most entries, 1 to 1000; default 100'),
        },
        response: listOf('annotations', FIELDS),
      },
    },
    async (request, reply) => {
      const { kind: of = '', experiment = '', ...params } = read(listQuery, request.query);
      const query = { sql: LIST, params: { ...params, kind: of, experiment } };
      return { annotations: await rowsFor<Annotation>(context, request, reply, query) };
    },
  );
  app.post(
    '/annotations',
    {
      config: { scope: 'save' },
      schema: {
        summary: 'Note a deploy, the start, stop or outcome of an experiment, or anything else',
        body: {
          type: 'object',
          required: ['kind', 'text'],
          additionalProperties: false,
          properties: {
            kind: { type: 'string', enum: KINDS },
            text: { type: 'string' },
            time: { type: 'string', description: 'Default: now' },
            time_end: { type: 'string', description: 'Of what took time' },
            experiment: { type: 'string' },
          },
        },
        response: objectOf('The id of the annotation'),
      },
    },
    async (request, reply) => {
      const { time: at = Date.now(), time_end: until, ...rest } = read(created, request.body);
      const id = randomUUID();
      const row = { ...rest, id, time: asStored(at), time_end: until === undefined ? null : asStored(until) };
      await context.warehouse.insert('annotations', [{ ...row, created_by: request.principal.name }]);
      return reply.status(201).send({ id });
    },
  );
}
