import * as v from 'valibot';
import { columns, defineAnalysis, type Plan } from '../analysis.ts';
import { commonEntries } from '../definitions/common.ts';
import { object } from '../definitions/object.ts';
import { eventsOf, isInRange, milliseconds } from '../parts/events.ts';
import { rate } from '../parts/intervals.ts';
import { propertyNumber } from '../parts/properties.ts';
import {
  and,
  ascending,
  call,
  cast,
  column,
  compare,
  equal,
  from,
  isIn,
  itself,
  minus,
  named,
  over,
  plus,
  select,
  times,
  value,
  windowed,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';

const VIEW = 'content_view';
const PROGRESS = 'video_progress';

export const engagementSchema = v.pipe(
  object({ analysis: v.literal('engagement'), ...commonEntries }),
  v.description('How each content is watched: views, viewers, seconds, completion and a score'),
);
export type EngagementDefinition = v.InferOutput<typeof engagementSchema>;

const COLUMNS = columns({
  content_id: 'text',
  views: 'count',
  viewers: 'count',
  watch_seconds: 'number',
  completed_views: 'count',
  completion_rate: 'number?',
  views_with_progress: 'count',
  completion_rate_with_progress: 'number?',
  orphan_progress: 'count',
  score: 'number?',
});

export const VIEWER = ['user_id', 'session_id', 'content_id'];
const isView = column('is_view');

/** Views and progress, each with the number of the view that it belongs to; 0 is progress without a view. */
export function numbered(definition: EngagementDefinition): Select['with'] {
  const eventType = column('event_type');
  const number = (name: string): Expression => cast(propertyNumber(name), 'Nullable(Float64)');
  return [
    {
      name: 'watching',
      is: eventsOf(definition, {
        columns: [
          ...VIEWER.map(itself),
          named('at', milliseconds),
          named('id', call('UUIDToNum', column('event_id'))),
          named('is_view', equal(eventType, value('view', 'String', VIEW))),
          named('is_chosen', cast(isInRange(definition), 'UInt8')),
          named('watched', number('watch_time_seconds')),
          named('duration', number('duration_seconds')),
        ],
        where: and(
          isIn(eventType, value('events', 'Array(String)', [VIEW, PROGRESS])),
          call('isNotNull', column('content_id')),
        ),
      }),
    },
    {
      name: 'numbered',
      is: select({
        columns: [
          ...[...VIEWER, 'id', 'is_view', 'is_chosen', 'watched', 'duration'].map(itself),
          // In one millisecond views come before progress, so that the latest view is the one of the largest id.
          named(
            'view',
            windowed(call('countIf', isView), {
              partitionBy: VIEWER.map((name) => column(name)),
              orderBy: [ascending(column('at')), ascending(call('not', isView)), ascending(column('id'))],
              frame: { unit: 'rows', from: 'unbounded', to: 0 },
            }),
          ),
        ],
        from: from('watching'),
      }),
    },
  ];
}

/** A row per view, and one per viewer, session and content for all progress without a view. */
function views(): Select {
  const isProgress = call('not', isView);
  return select({
    columns: [
      itself('user_id'),
      itself('content_id'),
      itself('view'),
      named('is_selected', call('max', and(isView, column('is_chosen')))),
      named('progress', call('countIf', isProgress)),
      named('selected_progress', call('countIf', and(isProgress, column('is_chosen')))),
      named('seconds', call('ifNull', call('max', column('watched')), 0)),
      named('length', call('ifNull', call('max', column('duration')), 0)),
    ],
    from: from('numbered'),
    groupBy: [...VIEWER, 'view'].map((name) => column(name)),
  });
}

/** Whether nine tenths of the length were watched: compared in tenths, free of the noise of binary fractions. */
const isCompleted: Expression = and(
  compare(column('length'), '>', 0),
  compare(call('round', minus(times(column('seconds'), 10), times(column('length'), 9)), 9), '>=', 0),
);

function contents(): Select {
  const isSelected = column('is_selected');
  return select({
    columns: [
      itself('content_id'),
      named('views', call('countIf', isSelected)),
      named('viewers', call('uniqExactIf', column('user_id'), isSelected)),
      named('watch_seconds', call('sumKahanIf', column('seconds'), isSelected)),
      named('durations', call('sumKahanIf', column('length'), isSelected)),
      named('completed_views', call('countIf', and(isSelected, isCompleted))),
      named('views_with_progress', call('countIf', and(isSelected, compare(column('progress'), '>', 0)))),
      named('orphan_progress', call('sumIf', column('selected_progress'), equal(column('view'), 0))),
    ],
    from: from('views'),
    groupBy: [column('content_id')],
  });
}

function rates(): Select {
  const watched = call(
    'if',
    compare(column('durations'), '>', 0),
    call('least', over(column('watch_seconds'), column('durations')), 1),
    0,
  );
  return select({
    columns: [
      ...['content_id', 'views', 'viewers', 'watch_seconds', 'completed_views', 'views_with_progress'].map(itself),
      itself('orphan_progress'),
      named('completion_rate', rate(column('completed_views'), column('views'))),
      named('completion_rate_with_progress', rate(column('completed_views'), column('views_with_progress'))),
      named('watched_share', watched),
      named('most_viewers', windowed(call('max', column('viewers')), {})),
    ],
    from: from('contents'),
    where: compare(plus(column('views'), column('orphan_progress')), '>', 0),
  });
}

function plan(definition: EngagementDefinition): Plan {
  const score = times(
    100,
    plus(
      times(0.5, column('completion_rate')),
      times(0.3, column('watched_share')),
      times(0.2, over(column('viewers'), column('most_viewers'))),
    ),
  );
  const query = select({
    with: [
      ...numbered(definition),
      { name: 'views', is: views() },
      { name: 'contents', is: contents() },
      { name: 'rates', is: rates() },
    ],
    columns: COLUMNS.map(({ name }) => {
      if (name === 'content_id') return named(name, call('assumeNotNull', column(name)));
      return name === 'score' ? named(name, score) : itself(name);
    }),
    from: from('rates'),
    orderBy: [ascending(column('content_id'))],
  });
  return { query, columns: COLUMNS };
}

/**
 * Engagement: progress is joined to its view, views are summed up per content.
 *
 *     watching   views and progress
 *     numbered   each with the number of its view among those of the user, session and content
 *     views      one row per view
 *     contents   one row per content
 */
export const engagement = defineAnalysis({ name: 'engagement', schema: engagementSchema, compile: plan });
