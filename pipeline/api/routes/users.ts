import { answer } from '@suuupra/clickhouse';
import { KNOWN_PROPERTIES } from '@suuupra/contracts';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { ApiContext } from '../context.ts';
import { limitsFor, traceOf } from '../requests/limits.ts';
import { read, uuid, wholeNumber } from '../requests/parameters.ts';
import { rowsFor } from '../requests/rows.ts';
import { listOf, parameter } from './describe.ts';

const membersQuery = v.strictObject({
  after: v.optional(v.string()),
  as_of: v.optional(v.string()),
  timezone: v.optional(v.string()),
  limit: wholeNumber(1, 10_000, 100),
});

/** Where a page ends: the time and the id of its last event. */
const cursor = v.pipe(
  v.string(),
  v.regex(/^\d{1,15}_[0-9a-f-]{36}$/, 'must be `next` of the page before'),
  v.transform((text) => {
    const [at = '', id = ''] = text.split('_');
    return { at: Number(at), id };
  }),
);
const timelineQuery = v.strictObject({ before: v.optional(cursor), limit: wholeNumber(1, 1000, 100) });

interface TimelineRow {
  readonly event_id: string;
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const COLUMNS = Object.keys(KNOWN_PROPERTIES);

const timeline = (isFurther: boolean): string => `
  SELECT event_id, event_type, user_id, session_id, content_id, timestamp, received_at, properties,
         ${COLUMNS.join(', ')}
  FROM events FINAL
  WHERE user_id = {user:UUID}
    ${isFurther ? "AND (timestamp, event_id) < (fromUnixTimestamp64Milli({at:Int64}, 'UTC'), {id:UUID})" : ''}
  ORDER BY timestamp DESC, event_id DESC
  LIMIT {limit:UInt32}`;

/** Columns of properties back into the properties, as the event was sent; an amount stays a decimal text. */
function toEvent(row: TimelineRow): TimelineRow {
  const rest = Object.entries(row).filter(([name]) => !COLUMNS.includes(name));
  const known = Object.entries(row).filter(([name, value]) => COLUMNS.includes(name) && value !== null);
  return {
    ...(Object.fromEntries(rest) as unknown as TimelineRow),
    properties: { ...row.properties, ...Object.fromEntries(known) },
  };
}

/** Users, one by one. */
export function userRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get<{ Params: { name: string } }>(
    '/segments/:name/members',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Users of a segment, a page of them in the order of their ids',
        querystring: {
          ...parameter('after', '`next` of the page before'),
          ...parameter('as_of', 'The day; default: that of the newest event'),
          ...parameter('timezone', 'Of the days; default UTC'),
          ...parameter('limit', 'Members on a page, 1 to 10,000; default 100'),
        },
        response: listOf('members', {
          user_id: 'string',
          segment: 'string',
          last_active: 'string',
          active_days: 'integer',
          reason: 'string',
        }),
      },
    },
    async (request, reply) => {
      const query = read(membersQuery, request.query);
      const definition = { analysis: 'segments', members: true, segment: request.params.name, ...query };
      const given = Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
      const { rows, meta } = await answer(
        context.warehouse,
        limitsFor(context, request),
        given,
        traceOf(request, reply),
      );
      const isFull = rows.length === query.limit;
      return { members: rows, next: isFull ? (rows.at(-1)?.user_id ?? null) : null, meta };
    },
  );
  app.get<{ Params: { id: string } }>(
    '/users/:id/timeline',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Events of a user, the newest first, page by page',
        querystring: {
          ...parameter('before', '`next` of the page before'),
          ...parameter('limit', 'Events on a page, 1 to 1000; default 100'),
        },
        response: listOf('events', { event_id: 'string', event_type: 'string', timestamp: 'string' }),
      },
    },
    async (request, reply) => {
      const { before, limit } = read(timelineQuery, request.query);
      const { id: user } = read(v.object({ id: uuid }), request.params);
      const rows = await rowsFor<TimelineRow>(context, request, reply, {
        sql: timeline(before !== undefined),
        params: { user, limit, ...before },
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const next = last === undefined ? null : `${String(Date.parse(last.timestamp))}_${last.event_id}`;
      return { user_id: user, events: rows.map(toEvent), next };
    },
  );
}
