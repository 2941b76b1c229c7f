import { KNOWN_PROPERTIES } from '@suuupra/contracts';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { ApiContext } from '../context.ts';
import { read, text, time, wholeNumber } from '../requests/parameters.ts';
import { rowsFor } from '../requests/rows.ts';
import { listOf, parameter } from './describe.ts';

const range = { from: v.optional(time, '1970-01-01'), to: v.optional(time, '2262-01-01') };
const limit = wholeNumber(1, 1000, 100);

const eventsQuery = v.strictObject({ ...range, limit });
const propertiesQuery = v.strictObject({
  ...range,
  limit,
  event: v.optional(text(100)),
  name: v.optional(text(256)),
});

const IN_RANGE = `timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
const OF_EVENT = `(event_type = {event:String} OR {event:String} = '')`;

const EVENTS = `
  SELECT event_type AS event, count() AS events, uniqExact(user_id) AS users,
         min(timestamp) AS first_seen, max(timestamp) AS last_seen
  FROM events FINAL
  WHERE ${IN_RANGE}
  GROUP BY event_type
  ORDER BY events DESC, event
  LIMIT {limit:UInt32}`;

const COLUMNS = Object.keys(KNOWN_PROPERTIES);

/** Names of properties: of the columns that hold something, and of the paths of what has no column. */
const NAMES = `
  SELECT name, count() AS events
  FROM (
    SELECT arrayJoin(arrayDistinct(arrayConcat(
      arrayFilter(name -> name != '', [${COLUMNS.map((name) => `if(isNull(${name}), '', '${name}')`).join(', ')}]),
      JSONAllPaths(properties)))) AS name
    FROM events FINAL
    WHERE ${IN_RANGE} AND ${OF_EVENT}
  )
  GROUP BY name
  ORDER BY name
  LIMIT {limit:UInt32}`;

/** Values longer than this are no choice that somebody makes from a list. */
const LONGEST_VALUE = 500;

/** The path of a property that has no column; null where an event has none of it. */
const PATH = "CAST({path:Identifier}, 'Nullable(String)')";

/** The values of one property: its column where it has one, else its path. */
const values = (name: string): string => `
  SELECT value, count() AS events
  FROM (
    SELECT ${COLUMNS.includes(name) ? `coalesce(toString(${name}), ${PATH})` : PATH} AS value
    FROM events FINAL
    WHERE ${IN_RANGE} AND ${OF_EVENT}
  )
  WHERE isNotNull(value) AND length(value) <= ${String(LONGEST_VALUE)}
  GROUP BY value
  ORDER BY events DESC, value
  LIMIT {limit:UInt32}`;

const RANGE = [
  parameter('from', 'First instant; default: all data'),
  parameter('to', 'First instant that no longer counts; default: all data'),
  parameter('limit', 'Most entries, 1 to 1000; default 100'),
];

/** The catalogue: what events there are and what they carry. */
export function eventRoutes(app: FastifyInstance, context: ApiContext): void {
  app.get(
    '/events',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Names of events, the most frequent first, with how many there are and when they were seen',
        querystring: Object.assign({}, ...RANGE) as object,
        response: listOf('events', {
          event: 'string',
          events: 'integer',
          users: 'integer',
          first_seen: 'string',
          last_seen: 'string',
        }),
      },
    },
    async (request, reply) => {
      const params = read(eventsQuery, request.query);
      return { events: await rowsFor(context, request, reply, { sql: EVENTS, params }) };
    },
  );
  app.get(
    '/properties',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Names of properties; with `name`, the values of that one, the most frequent first',
        querystring: Object.assign(
          {},
          ...RANGE,
          parameter('event', 'Only of this event'),
          parameter('name', 'The property whose values are wanted'),
        ) as object,
        response: listOf('properties', { name: 'string', events: 'integer' }),
      },
    },
    async (request, reply) => {
      const { name, event = '', ...rest } = read(propertiesQuery, request.query);
      const params = { ...rest, event };
      if (name === undefined) return { properties: await rowsFor(context, request, reply, { sql: NAMES, params }) };
      const identifiers = { path: `properties.${name}` };
      return { name, values: await rowsFor(context, request, reply, { sql: values(name), params, identifiers }) };
    },
  );
}
