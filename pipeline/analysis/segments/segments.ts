import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { activePeriods } from '../activity/active-periods.ts';
import { gridQueries, startOfBucket } from '../parts/buckets.ts';
import {
  ascending,
  call,
  cast,
  column,
  compare,
  equal,
  from,
  itself,
  named,
  select,
  union,
  value,
} from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { members } from './members.ts';
import { segmentsFaults, segmentsSchema, SEGMENTS, type SegmentsDefinition } from './schema.ts';
import { firstDay, segmentOn } from './segment.ts';

const COLUMNS = columns({ time: 'time', segment: 'text', users: 'count' });

/** A row per day and segment, zeros included. */
function sizes(definition: SegmentsDefinition): Plan {
  const day = column('bucket');
  const counts = SEGMENTS.map((_, index): Expression => call('countIf', equal(column('segment_number'), index + 1)));
  const query = select({
    with: [
      ...gridQueries(definition, 'day'),
      // All data before the range: whether a user is new depends on it.
      { name: 'users', is: activePeriods(definition, 'day', undefined) },
      {
        name: 'placed',
        is: union(
          select({
            columns: [itself('bucket'), named('segment_number', call('toUInt8', segmentOn(day)))],
            from: from('users'),
            joins: [{ type: 'cross', source: from('grid') }],
            where: compare(firstDay, '<=', day),
          }),
          // A day on which nobody is anything has its rows too.
          select({ columns: [itself('bucket'), named('segment_number', cast(0, 'UInt8'))], from: from('grid') }),
        ),
      },
      {
        name: 'days',
        is: select({
          columns: [itself('bucket'), named('sizes', call('array', ...counts))],
          from: from('placed'),
          groupBy: [day],
        }),
      },
    ],
    columns: [named('time', startOfBucket(day, 'day', definition.timezone)), itself('segment'), itself('users')],
    from: from('days'),
    arrayJoin: [named('segment', value('segments', 'Array(String)', [...SEGMENTS])), named('users', column('sizes'))],
    orderBy: [ascending(day), ascending(column('segment'))],
  });
  return { query, columns: COLUMNS };
}

/** Segments of users as of each day, or the members of them as of one. */
export const segments = defineAnalysis({
  name: 'segments',
  schema: segmentsSchema,
  check: segmentsFaults,
  compile: (definition) => (definition.members ? members(definition) : sizes(definition)),
});
