import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries, secondsSchema } from '../definitions/common.ts';
import { object } from '../definitions/object.ts';
import { bucketOf, gridQueries, startOfBucket } from '../parts/buckets.ts';
import { allOf } from '../parts/events.ts';
import { rate } from '../parts/intervals.ts';
import { timeValue } from '../parts/values.ts';
import { isTotalOver } from '../parts/totals.ts';
import {
  and,
  ascending,
  call,
  cast,
  column,
  compare,
  equal,
  from,
  itself,
  minus,
  named,
  over,
  parametric,
  select,
  union,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { DEFAULT_GAP_SECONDS, sessionQueries } from './split.ts';

export const sessionsSchema = v.pipe(
  object({
    analysis: v.literal('sessions'),
    ...commonEntries,
    gap_seconds: v.optional(
      v.pipe(secondsSchema, v.description('A pause of more than this ends a session')),
      DEFAULT_GAP_SECONDS,
    ),
  }),
  v.description('Sessions by pauses between events: how many, how long, how many bounce'),
);
export type SessionsDefinition = v.InferOutput<typeof sessionsSchema>;

const COLUMNS = columns({
  time: 'time?',
  sessions: 'count',
  bounces: 'count',
  bounce_rate: 'number?',
  median_duration_seconds: 'number?',
  p90_duration_seconds: 'number?',
  mean_duration_seconds: 'number?',
  events_per_session: 'number?',
});

/** Sessions that start in `[from, to)`. */
export function chosen({ from: first, to }: SessionsDefinition): Expression | undefined {
  const start = column('session_start');
  const instant = (name: string, at: string): Expression => call('toUnixTimestamp64Milli', timeValue(name, at));
  return allOf(
    first === undefined ? undefined : compare(start, '>=', instant('from', first)),
    to === undefined ? undefined : compare(start, '<', instant('to', to)),
  );
}

function sessionRows(definition: SessionsDefinition): Select['with'] {
  const at = column('at');
  return [
    {
      name: 'all_sessions',
      is: select({
        columns: [
          named('session_start', call('min', at)),
          named('duration', minus(call('max', at), call('min', at))),
          named('events', call('count')),
        ],
        from: from('numbered'),
        groupBy: [column('user_id'), column('session')],
      }),
    },
    {
      name: 'sessions',
      is: select({
        columns: [
          named(
            'bucket',
            bucketOf(call('fromUnixTimestamp64Milli', column('session_start')), 'day', definition.timezone),
          ),
          itself('duration'),
          itself('events'),
          named('is_session', cast(1, 'UInt8')),
        ],
        from: from('all_sessions'),
        where: chosen(definition),
      }),
    },
  ];
}

/** Days without a session, as rows that count for nothing. */
const emptyDays: Select = select({
  columns: [
    itself('bucket'),
    named('duration', cast(0, 'Int64')),
    named('events', cast(0, 'UInt64')),
    named('is_session', cast(0, 'UInt8')),
  ],
  from: from('grid'),
});

const filled: Select = select({
  columns: ['bucket', 'duration', 'events', 'is_session'].map(itself),
  from: from('sessions'),
});

const isSession = equal(column('is_session'), 1);

/** Figures of each day and of all days together. */
const figures: Select = select({
  columns: [
    named('is_total', isTotalOver(column('bucket'))),
    itself('bucket'),
    named('sessions', call('countIf', isSession)),
    named('bounces', call('countIf', and(isSession, equal(column('events'), 1)))),
    named('quantiles', parametric('quantilesExactInclusiveIf', [0.5, 0.9], column('duration'), isSession)),
    named('all_duration', call('sum', column('duration'))),
    named('all_events', call('sum', column('events'))),
  ],
  from: from('days'),
  groupingSets: [[column('bucket')], []],
});

function plan(definition: SessionsDefinition): Plan {
  const sessions = column('sessions');
  const quantile = (index: number): Expression =>
    call('if', equal(sessions, 0), null, over(call('arrayElement', column('quantiles'), index), 1000));
  const query = select({
    with: [
      ...sessionQueries(definition, definition.gap_seconds),
      ...sessionRows(definition),
      ...gridQueries(definition, 'day'),
      { name: 'days', is: union(filled, emptyDays) },
      { name: 'figures', is: figures },
    ],
    columns: [
      named('time', call('if', column('is_total'), null, startOfBucket(column('bucket'), 'day', definition.timezone))),
      itself('sessions'),
      itself('bounces'),
      named('bounce_rate', rate(column('bounces'), sessions)),
      named('median_duration_seconds', quantile(1)),
      named('p90_duration_seconds', quantile(2)),
      named('mean_duration_seconds', over(over(column('all_duration'), 1000), call('nullIf', sessions, 0))),
      named('events_per_session', rate(column('all_events'), sessions)),
    ],
    from: from('figures'),
    orderBy: [ascending(column('time'), 'first')],
  });
  return { query, columns: COLUMNS };
}

/** Sessions per day of their start, and in total. */
export const sessions = defineAnalysis({ name: 'sessions', schema: sessionsSchema, compile: plan });
