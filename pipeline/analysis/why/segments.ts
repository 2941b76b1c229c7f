/** What a user's segment rests on. */
import type { DefinitionTools } from '../analysis.ts';
import { bucketOf, startOfBucket } from '../parts/buckets.ts';
import { asOf } from '../parts/events.ts';
import { POWER_DAYS } from '../segments/segment.ts';
import type { SegmentsDefinition } from '../segments/schema.ts';
import { segments } from '../segments/segments.ts';
import { and, call, column, compare, derived, equal, from, itself, minus, named, select } from '../tree/build.ts';
import { eventColumns, explained, NO_TEXT, ownEvents, reasonOf, restricted, type Explanation } from './explanation.ts';
import { because, word } from './reasons.ts';

/** Segment and reason are those of the members; events count on the last 28 days, and the first one ever. */
export function explainSegments(definition: SegmentsDefinition, user: string, tools: DefinitionTools): Explanation {
  const only = { ...restricted(definition, user), members: true, segment: undefined, after: undefined };
  const members = segments.compile(only, tools).query;
  const { timezone } = definition;
  const day = bucketOf(column('timestamp'), 'day', timezone);
  const today = call('assumeNotNull', bucketOf(asOf(definition), 'day', timezone));
  const isFirst = equal(column('id'), column('first_id'));
  const isThere = and(column('passes'), equal(column('is_late'), 0));
  return {
    queries: [
      ownEvents(definition, user, [named('day', day)]),
      {
        name: 'first',
        is: select({
          columns: [
            named('first_id', call('argMinIf', column('id'), call('tuple', column('at'), column('id')), isThere)),
          ],
          from: from('own'),
        }),
      },
      {
        name: 'placed',
        is: select({
          columns: [...eventColumns, itself('day'), itself('first_id')],
          from: from('own'),
          joins: [{ type: 'cross', source: from('first') }],
        }),
      },
      explained('placed', {
        role: call(
          'multiIf',
          isFirst,
          word('first event'),
          compare(column('day'), '>', minus(today, POWER_DAYS)),
          word('active day'),
          null,
        ),
        cell: call('toNullable', call('suuupra_time_text', startOfBucket(column('day'), 'day', timezone))),
        reason: reasonOf(
          isFirst,
          null,
          compare(column('day'), '<=', minus(today, POWER_DAYS)),
          because('out_of_range'),
          null,
        ),
      }),
    ],
    verdict: {
      level: column('active'),
      segment: column('its_segment'),
      reason: column('its_reason'),
    },
    verdictFrom: {
      queries: [
        {
          name: 'member',
          is: select({
            columns: [
              named('found', call('count')),
              named('any_segment', call('any', column('segment'))),
              named('any_reason', call('any', column('reason'))),
              named('any_days', call('any', column('active_days'))),
            ],
            from: derived(members),
          }),
        },
        {
          name: 'figures',
          is: select({
            columns: [
              named('active', call('if', equal(column('found'), 0), null, column('any_days'))),
              named('its_segment', call('if', equal(column('found'), 0), NO_TEXT, column('any_segment'))),
              named('its_reason', call('if', equal(column('found'), 0), because('no_event'), column('any_reason'))),
            ],
            from: from('member'),
          }),
        },
      ],
      name: 'figures',
    },
  };
}
