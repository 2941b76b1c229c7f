/** Which series of a trend an event is counted in. */
import { isInRange, isSelected } from '../parts/events.ts';
import { breakdownText } from '../parts/properties.ts';
import { letterOf } from '../trend/formula.ts';
import { inComparedRange } from '../trend/hits.ts';
import { amountOf } from '../trend/measures.ts';
import type { TrendDefinition } from '../trend/schema.ts';
import { and, call, column, constant, equal, lambda, named, not, or, unequal } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';
import { countedEvents, explained, tallied, NO_TEXT, ownEvents, reasonOf, type Explanation } from './explanation.ts';
import { because, word } from './reasons.ts';

/** The letters of the series whose test holds, in order. */
const letters = (tests: readonly Expression[]): Expression =>
  call(
    'arrayStringConcat',
    call(
      'arrayFilter',
      lambda(['letter'], unequal(column('letter'), constant(''))),
      call('array', ...tests.map((test, index) => call('if', test, word(letterOf(index)), word('')))),
    ),
    word(', '),
  );

/** The role is the series, the cell the value of the breakdown (which the answer may show as "other"). */
export function explainTrend(definition: TrendDefinition, user: string): Explanation {
  const { series, breakdown } = definition;
  const has = series.map((one): Expression => {
    const amount = amountOf(one);
    return amount === undefined ? isSelected(one) : and(isSelected(one), call('isNotNull', amount));
  });
  const isCompared = inComparedRange(definition);
  const counted = or(column('in_range'), column('is_compared'));
  return {
    queries: [
      ownEvents(definition, user, [
        named('is_type', or(...series.map(({ event }) => isSelected({ event, filters: [] })))),
        named('is_one', or(...series.map(isSelected))),
        named('letters', letters(has)),
        named('in_range', isInRange(definition)),
        named('is_compared', isCompared ?? false),
        named('label', breakdown === undefined ? NO_TEXT : call('toNullable', breakdownText(breakdown))),
      ]),
      explained('own', {
        role: call(
          'multiIf',
          equal(column('letters'), constant('')),
          null,
          column('in_range'),
          column('letters'),
          column('is_compared'),
          call('concat', column('letters'), word(' compared')),
          null,
        ),
        cell: call('if', column('is_one'), column('label'), null),
        reason: reasonOf(
          not(column('is_type')),
          because('other_event'),
          not(column('is_one')),
          because('filtered'),
          equal(column('letters'), constant('')),
          because('no_value'),
          not(counted),
          because('out_of_range'),
          null,
        ),
      }),
    ],
    ...tallied(countedEvents, 'no_value', 'out_of_range', 'filtered', 'other_event', 'after_as_of'),
  };
}
