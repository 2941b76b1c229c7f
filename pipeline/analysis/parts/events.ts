import type { CommonDefinition, Selection } from '../definitions/common.ts';
import type { Filter } from '../definitions/filters.ts';
import {
  and,
  call,
  column,
  compare,
  constant,
  equal,
  named,
  select,
  storedEvents,
  subquery,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { allFilters } from './filters.ts';
import { timeValue } from './values.ts';

/** The end of the data: `as_of`, or the time of the newest stored event. */
export const asOf = (definition: CommonDefinition): Expression =>
  definition.as_of === undefined
    ? subquery(select({ columns: [named('as_of', call('max', column('timestamp')))], from: storedEvents }))
    : timeValue('as_of', definition.as_of);

const always = constant(true);
const isAlways = (test: Expression): boolean => test.kind === 'constant' && test.value === true;

/** The conjunction of tests, without those that always hold; `undefined` when none is left. */
export function allOf(...tests: readonly (Expression | undefined)[]): Expression | undefined {
  const real = tests.filter((test) => test !== undefined && !isAlways(test)) as Expression[];
  return real.length === 0 ? undefined : and(...real);
}

/** Whether an event is one of a selection: of its type, where it names one, and past its filters. */
export const isSelected = ({
  event,
  filters,
}: {
  event?: string | undefined;
  filters: readonly Filter[];
}): Expression =>
  allOf(
    event === undefined ? undefined : equal(column('event_type'), value('event', 'String', event)),
    allFilters(filters),
  ) ?? always;

/** Whether an event lies in the definition's `[from, to)`. */
export function isInRange({ from, to }: CommonDefinition): Expression {
  const timestamp = column('timestamp');
  return (
    allOf(
      from === undefined ? undefined : compare(timestamp, '>=', timeValue('from', from)),
      to === undefined ? undefined : compare(timestamp, '<', timeValue('to', to)),
    ) ?? always
  );
}

/** An event's time as milliseconds since 1970. */
export const milliseconds: Expression = call('toUnixTimestamp64Milli', column('timestamp'));

/**
 * The events that exist for a definition: not after `as_of`, past its `filters`. Every analysis reads events through
 * this. Mind that `from` and `to` are not applied: what they select is different for each analysis.
 */
export function eventsOf(
  definition: CommonDefinition,
  clauses: { columns: readonly Named[]; where?: Expression | undefined; groupBy?: readonly Expression[] } & Partial<
    Pick<Select, 'having' | 'orderBy' | 'limit'>
  >,
): Select {
  const { as_of: end, filters } = definition;
  const { where, ...rest } = clauses;
  return select({
    ...rest,
    from: storedEvents,
    where: allOf(
      end === undefined ? undefined : compare(column('timestamp'), '<=', timeValue('as_of', end)),
      where,
      allFilters(filters),
    ),
  });
}

export type { Selection };
