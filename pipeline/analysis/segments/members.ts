import { columns, type Plan } from '../analysis.ts';
import { bucketOf } from '../parts/buckets.ts';
import { allOf, asOf, eventsOf } from '../parts/events.ts';
import { ascending, call, cast, column, compare, equal, from, itself, named, select, value } from '../tree/build.ts';
import { SEGMENTS, type SegmentsDefinition } from './schema.ts';
import { activeDays, POWER_DAYS, segmentOn } from './segment.ts';

const COLUMNS = columns({
  user_id: 'text',
  segment: 'text',
  last_active: 'time',
  active_days: 'count',
  reason: 'text',
});

/** Why a user is in the segment, in the order of SEGMENTS. */
const REASONS = [
  'active on fewer than 12 of the last 28 days',
  'no event in the last 14 days',
  'first event in the last 7 days',
  'active on at least 12 of the last 28 days',
];

const names = value('segments', 'Array(String)', [...SEGMENTS]);

/** A page of users as of the day of `as_of`, in the order of their identifiers. */
export function members(definition: SegmentsDefinition): Plan {
  const { timezone, segment, after, limit } = definition;
  const timestamp = column('timestamp');
  const number = column('segment_number');
  const query = select({
    with: [
      {
        name: 'users',
        is: eventsOf(definition, {
          columns: [
            named('user', call('toString', column('user_id'))),
            named('active', call('arraySort', call('groupUniqArray', bucketOf(timestamp, 'day', timezone)))),
            named('last_active', call('max', timestamp)),
          ],
          groupBy: [column('user_id')],
        }),
      },
      {
        name: 'placed',
        is: select({
          columns: [
            ...['user', 'active', 'last_active'].map(itself),
            named('day', call('assumeNotNull', bucketOf(asOf(definition), 'day', timezone))),
            named('segment_number', segmentOn(column('day'))),
          ],
          from: from('users'),
        }),
      },
    ],
    columns: [
      named('user_id', column('user')),
      named('segment', call('arrayElement', names, number)),
      itself('last_active'),
      named('active_days', cast(activeDays(column('day'), POWER_DAYS), 'UInt64')),
      named('reason', call('arrayElement', value('reasons', 'Array(String)', REASONS), number)),
    ],
    from: from('placed'),
    where: allOf(
      segment === undefined ? undefined : equal(number, SEGMENTS.indexOf(segment) + 1),
      after === undefined ? undefined : compare(column('user'), '>', value('after', 'String', after)),
    ),
    orderBy: [ascending(column('user'))],
    limit: value('page', 'UInt64', limit),
  });
  return { query, columns: COLUMNS };
}
