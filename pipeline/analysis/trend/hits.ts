/** The rows that a trend aggregates: one per event of any series, and one per interval and label that stands for none. */
import { bucketOf, stepOf } from '../parts/buckets.ts';
import { allOf, eventsOf, isInRange, isSelected } from '../parts/events.ts';
import { breakdownText } from '../parts/properties.ts';
import { timeValue } from '../parts/values.ts';
import {
  and,
  ascending,
  call,
  column,
  compare,
  constant,
  derived,
  descending,
  from,
  itself,
  lambda,
  minus,
  named,
  or,
  plus,
  select,
  subquery,
  times,
  union,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select, Union } from '../tree/nodes.ts';
import { amountName, amountOf, matchName, noAmountOf } from './measures.ts';
import type { TrendDefinition } from './schema.ts';
import { shiftedTime } from './shift.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';
/** The label of values that are not among the first. */
const OTHER = value('other', 'String', 'other');

/** Whether an event lies in the range that is compared; undefined where none is. */
export function inComparedRange(definition: TrendDefinition): Expression | undefined {
  const { compare: compared, from: first, to } = definition;
  if (compared === undefined) return undefined;
  const time = shiftedTime(definition);
  return and(
    ...(first === undefined ? [] : [compare(time, '>=', timeValue('from', first))]),
    ...(to === undefined ? [] : [compare(time, '<', timeValue('to', to))]),
  );
}

/** Events of the range, or of the one that is compared, moved into it. */
function events(definition: TrendDefinition, isCompared: boolean): Select {
  const { series, breakdown, interval, timezone } = definition;
  const time = isCompared ? shiftedTime(definition) : column('timestamp');
  const inRange = isCompared ? inComparedRange(definition) : isInRange(definition);
  return eventsOf(definition, {
    columns: [
      named('is_compared', isCompared),
      named('bucket', bucketOf(time, interval, timezone)),
      ...(breakdown === undefined ? [] : [named('label', breakdownText(breakdown))]),
      itself('user_id'),
      ...series.flatMap((one, index): Named[] => {
        const amount = amountOf(one);
        return [
          named(matchName(index), isSelected(one)),
          ...(amount === undefined ? [] : [named(amountName(index), amount)]),
        ];
      }),
    ],
    where: allOf(inRange, or(...series.map(isSelected))),
  });
}

/** `hits`: the events of all ranges. */
export const hits = (definition: TrendDefinition): Select | Union =>
  definition.compare === undefined
    ? events(definition, false)
    : union(events(definition, false), events(definition, true));

/** `top`: the labels with most events of all ranges, one more than are shown, the greatest first. */
export function topLabels(definition: TrendDefinition): Expression {
  const ranked = select({
    columns: [itself('label'), named('events', call('count'))],
    from: derived(hits(definition)),
    groupBy: [column('label')],
    orderBy: [descending(column('events')), ascending(column('label'))],
    limit: value('limit', 'UInt64', (definition.limit ?? 0) + 1),
  });
  return subquery(select({ columns: [named('top', call('groupArray', column('label')))], from: derived(ranked) }));
}

const shownLabels = (limit: number): Expression =>
  call('arraySlice', column('top'), 1, value('shown', 'UInt64', limit));

/** The label that a value is shown under. */
export const shownLabel = (limit: number): Expression =>
  call('if', call('has', shownLabels(limit), column('label')), column('label'), OTHER);

/** `span`: the numbers of the first and the last interval; of the range where it has bounds, else of the events. */
export function span(definition: TrendDefinition): Select {
  const { from: first, to, interval, timezone } = definition;
  const bucket = (instant: Expression): Expression => bucketOf(instant, interval, timezone);
  const timestamp = column('timestamp');
  const beforeTo = to === undefined ? undefined : new Date(Date.parse(to) - 1).toISOString();
  const bounds = [
    named('first', bucket(first === undefined ? call('min', timestamp) : timeValue('from', first))),
    named('last', bucket(beforeTo === undefined ? call('max', timestamp) : timeValue('last', beforeTo))),
  ];
  if (first !== undefined && to !== undefined) return select({ columns: [named('events', constant(1)), ...bounds] });
  return eventsOf(definition, { columns: [named('events', call('count')), ...bounds], where: isInRange(definition) });
}

/**
 * `blanks`: for every interval, range and label a row that matches no series. The label null stands for the total, which
 * has its rows also where there is no label at all.
 */
export function blanks(definition: TrendDefinition): Select {
  const { series, breakdown, interval, compare: compared, limit = 0 } = definition;
  const step = stepOf(interval);
  const length = plus(call('intDiv', minus(column('last'), column('first')), step), 1);
  const buckets = call(
    'arrayMap',
    lambda(['number'], plus(column('first'), times(column('number'), step))),
    call('range', 0, call('toUInt64', call('greatest', length, 0))),
  );
  const hasOthers = compare(call('length', column('top')), '>', value('shown', 'UInt64', limit));
  const labels = call(
    'arrayConcat',
    shownLabels(limit),
    call('if', hasOthers, call('array', OTHER), call('arrayResize', column('top'), 0)),
  );
  const ranges = compared === undefined ? [false] : [false, true];
  return select({
    columns: [
      named('is_compared', call('arrayJoin', call('array', ...ranges))),
      named('bucket', call('arrayJoin', buckets)),
      ...(breakdown === undefined
        ? []
        : [named('label', call('arrayJoin', call('arrayConcat', call('arrayDistinct', labels), call('array', null))))]),
      named('user_id', value('nobody', 'UUID', NOBODY)),
      ...series.flatMap((one, index): Named[] => {
        const amount = noAmountOf(one);
        return [named(matchName(index), false), ...(amount === undefined ? [] : [named(amountName(index), amount)])];
      }),
    ],
    from: from('span'),
    where: compare(column('events'), '>', 0),
  });
}
