/** Which view of a content each event of a user is or belongs to. */
import { engagement, numbered, VIEWER, type EngagementDefinition } from '../engagement/engagement.ts';
import type { DefinitionTools } from '../analysis.ts';
import { and, call, column, derived, equal, from, isIn, itself, named, not, select, value } from '../tree/build.ts';
import type { Select } from '../tree/nodes.ts';
import {
  eventColumns,
  explained,
  firstReason,
  ownEvents,
  reasonOf,
  restricted,
  type Explanation,
} from './explanation.ts';
import { because, word } from './reasons.ts';

const WATCHING = ['content_view', 'video_progress'];

/** Per view whether it lies in the range: its progress counts with it, whenever that came. */
const viewsInRange: Select = select({
  columns: [
    ...[...VIEWER, 'view'].map(itself),
    named('is_selected', call('max', and(column('is_view'), column('is_chosen')))),
  ],
  from: from('numbered'),
  groupBy: [...VIEWER, 'view'].map((name) => column(name)),
});

const members: Select = select({
  columns: ['id', 'is_view', 'view', 'view_content', 'is_chosen', 'is_selected'].map(itself),
  from: derived(
    select({
      columns: [
        ...['id', 'is_view', 'view', 'is_chosen'].map(itself),
        named('view_content', column('content_id')),
        itself('is_selected'),
      ],
      from: from('numbered'),
      // A missing session is a session of its own, so keys are compared with their nulls.
      joins: [{ type: 'inner', source: from('keyed_views'), using: ['view_key'] }],
    }),
  ),
});

/** Everything that tells views apart, as one text. */
const viewKey = call('toString', call('tuple', ...[...VIEWER, 'view'].map((name) => column(name))));

export function explainEngagement(definition: EngagementDefinition, user: string, tools: DefinitionTools): Explanation {
  const only = restricted(definition, user);
  const [isView, view] = [column('is_view'), column('view')];
  const number = call('toString', view);
  const queries = numbered(only).map((item) => (item.name === 'numbered' ? { name: 'in_views', is: item.is } : item));
  return {
    queries: [
      ...queries,
      {
        name: 'numbered',
        is: select({
          columns: [...[...VIEWER, 'id', 'is_view', 'is_chosen', 'view'].map(itself), named('view_key', viewKey)],
          from: from('in_views'),
        }),
      },
      {
        name: 'keyed_views',
        is: select({
          columns: [itself('is_selected'), named('view_key', viewKey)],
          from: derived(viewsInRange),
        }),
      },
      { name: 'members', is: members },
      ownEvents(definition, user, [
        named('is_watching', isIn(column('event_type'), value('events', 'Array(String)', WATCHING))),
        itself('content_id'),
      ]),
      {
        name: 'placed',
        is: select({
          columns: [
            ...eventColumns,
            ...['is_watching', 'content_id', 'is_view', 'view', 'is_chosen', 'is_selected'].map(itself),
          ],
          from: from('own'),
          joins: [{ type: 'left', source: from('members'), using: ['id'] }],
        }),
      },
      explained('placed', {
        role: call(
          'multiIf',
          isView,
          call('concat', word('view '), number),
          equal(view, 0),
          null,
          call('concat', word('progress of view '), number),
        ),
        cell: call('if', column('is_watching'), column('content_id'), null),
        reason: reasonOf(
          not(column('is_watching')),
          because('other_event'),
          call('isNull', column('content_id')),
          because('no_unit'),
          equal(view, 0),
          because('orphan'),
          not(column('is_selected')),
          because('out_of_range'),
          null,
        ),
      }),
    ],
    verdict: {
      level: column('views'),
      reason: column('verdict_reason'),
    },
    verdictFrom: {
      queries: [
        {
          name: 'totals',
          is: select({
            columns: [named('views', call('toNullable', call('sum', column('views'))))],
            from: derived(engagement.compile(only, tools).query),
          }),
        },
        {
          name: 'counts',
          is: select({
            columns: [
              named('verdict_reason', firstReason('orphan', 'out_of_range', 'filtered', 'no_unit', 'other_event')),
            ],
            from: from('explained'),
          }),
        },
        {
          name: 'figures',
          is: select({
            columns: ['views', 'verdict_reason'].map(itself),
            from: from('totals'),
            joins: [{ type: 'cross', source: from('counts') }],
          }),
        },
      ],
      name: 'figures',
    },
  };
}
