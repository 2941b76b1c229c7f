import { columns, type Plan } from '../analysis.ts';
import { dayOf, firstDayOf, periodOf, startOfPeriod } from '../parts/calendar.ts';
import { allOf, asOf } from '../parts/events.ts';
import { rate, twoSidedQuantile, wilson } from '../parts/intervals.ts';
import { timeValue } from '../parts/values.ts';
import {
  and,
  ascending,
  call,
  cast,
  column,
  compare,
  derived,
  equal,
  from,
  itself,
  lambda,
  minus,
  named,
  or,
  plus,
  select,
  subquery,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import type { RetentionDefinition } from './schema.ts';

const RATES = { rate: 'number?', rate_low: 'number?', rate_high: 'number?', complete: 'boolean' } as const;
const PERIOD_COLUMNS = columns({ cohort: 'time?', size: 'count', period: 'count', count: 'count', ...RATES });
const BRACKET_COLUMNS = columns({
  cohort: 'time?',
  size: 'count',
  from_day: 'count',
  to_day: 'count',
  count: 'count',
  ...RATES,
});

/** The day of `as_of`, a scalar of the outermost query. */
const lastDay = column('last_day');
const cohort = column('cohort');

/** Cohorts whose period begins in the definition's range. */
export function isShown({ from: first, to, period, timezone }: RetentionDefinition): Expression | undefined {
  const start = startOfPeriod(cohort, period, timezone);
  return allOf(
    first === undefined ? undefined : compare(start, '>=', timeValue('from', first)),
    to === undefined ? undefined : compare(start, '<', timeValue('to', to)),
  );
}

const later = call(
  'arrayMap',
  lambda(['slot_of_return'], minus(column('slot_of_return'), column('slot'))),
  column('active'),
);
const isAhead = lambda(['distance'], compare(column('distance'), '>', 0));
const none = call('arrayResize', later, 0);
const own = call('if', column('returned'), call('array', call('toInt64', 0)), none);

const brackets = ({
  brackets: all = [],
}: RetentionDefinition): { readonly from: Expression; readonly to: Expression } => ({
  from: value(
    'from_days',
    'Array(Int64)',
    all.map(([first = 0]) => first),
  ),
  to: value(
    'to_days',
    'Array(Int64)',
    all.map(([, last = 0]) => last),
  ),
});

/**
 * The cells of its cohort's row in which a member is counted: distances in periods, or positions of brackets. In mode
 * on_or_after only the farthest one, which counts in all before it too.
 */
function cellsOf(definition: RetentionDefinition): Expression {
  switch (definition.mode) {
    case 'on':
      return call('arrayConcat', own, call('arrayFilter', isAhead, later));
    case 'on_or_after': {
      const farthest = call('arrayMax', call('arrayPushBack', later, 0));
      return call('if', compare(farthest, '>', 0), call('array', farthest), own);
    }
    case 'bracket': {
      const { from: first, to: last } = brackets(definition);
      const isWithin = and(
        compare(column('distance'), '>=', call('greatest', column('first'), 1)),
        compare(column('distance'), '<=', column('last')),
      );
      const isIn = or(
        and(column('returned'), equal(column('first'), 0)),
        call('arrayExists', lambda(['distance'], isWithin), later),
      );
      const cells = lambda(['cell', 'first', 'last'], isIn);
      return call(
        'arrayFilter',
        cells,
        call('arrayMap', lambda(['cell'], call('toInt64', column('cell'))), call('arrayEnumerate', first)),
        first,
        last,
      );
    }
  }
}

/** One row per cohort: its size, and the number of members per cell as two arrays. */
function cohorts(definition: RetentionDefinition): Select {
  const ones = call('arrayMap', lambda(['cell'], call('toUInt64', 1)), column('cells'));
  const counted = select({
    columns: [itself('cohort'), named('cells', cellsOf(definition))],
    from: from('members'),
    where: isShown(definition),
  });
  return select({
    columns: [itself('cohort'), named('size', call('count')), named('counts', call('sumMap', column('cells'), ones))],
    from: derived(counted),
    groupBy: [cohort],
  });
}

/** How many members a cell counts. */
function countIn({ mode }: RetentionDefinition, cell: Expression): Expression {
  const isCounted = mode === 'on_or_after' ? compare(column('at'), '>=', cell) : equal(column('at'), cell);
  const amounts = lambda(['at', 'amount'], call('if', isCounted, column('amount'), 0));
  return call(
    'arraySum',
    amounts,
    call('tupleElement', column('counts'), 1),
    call('tupleElement', column('counts'), 2),
  );
}

/** Periods that begin on or before the last day, at most as many as are asked for. */
function periodCells(definition: RetentionDefinition): Select {
  const { period: unit, periods } = definition;
  const there = minus(periodOf(lastDay, unit), cohort);
  const last = periods === undefined ? there : call('least', there, value('periods', 'Int64', periods));
  const rows = select({
    columns: [
      ...['cohort', 'size', 'counts'].map(itself),
      named('period', call('arrayJoin', call('range', 0, call('toUInt32', plus(call('greatest', last, -1), 1))))),
    ],
    from: from('cohorts'),
  });
  const period = column('period');
  const next = firstDayOf(plus(cohort, period, 1), unit);
  return select({
    columns: [
      ...['cohort', 'size', 'period'].map(itself),
      named('count', countIn(definition, period)),
      named('complete', compare(minus(next, 1), '<=', lastDay)),
    ],
    from: derived(rows),
  });
}

/** Brackets whose first day has come for the first members of the cohort. */
function bracketCells(definition: RetentionDefinition): Select {
  const { from: first, to: last } = brackets(definition);
  const unit = definition.period;
  return select({
    columns: [
      ...['cohort', 'size', 'from_day', 'to_day'].map(itself),
      named('count', countIn(definition, column('cell'))),
      named('complete', compare(plus(minus(firstDayOf(plus(cohort, 1), unit), 1), column('to_day')), '<=', lastDay)),
    ],
    from: from('cohorts'),
    arrayJoin: [named('cell', call('arrayEnumerate', first)), named('from_day', first), named('to_day', last)],
    where: compare(plus(firstDayOf(cohort, unit), column('from_day')), '<=', lastDay),
  });
}

const rateColumns = (): readonly Named[] => {
  const [count, size] = [column('count'), column('size')];
  const { low, high } = wilson(count, size);
  return [
    named('rate', rate(count, size)),
    named('rate_low', low),
    named('rate_high', high),
    named('complete', cast(column('complete'), 'Bool')),
  ];
};

/** Cells of the cohorts and, per period, of all cohorts that have one there. */
const pooled: Select = select({
  columns: [
    named('cohort_number', call('if', equal(call('grouping', cohort), 1), null, cohort)),
    named('size', call('sum', column('size'))),
    itself('period'),
    named('count', call('sum', column('count'))),
    named('complete', call('min', column('complete'))),
  ],
  from: from('cells'),
  groupingSets: [[cohort, column('period')], [column('period')]],
});

/**
 * The rows of the answer.
 * @param members the queries that lead to `members`
 */
export function answer(definition: RetentionDefinition, members: Select['with']): Plan {
  const { timezone, period: unit, mode } = definition;
  const day = subquery(select({ columns: [named('last_day', dayOf(asOf(definition), timezone))] }));
  const isBracket = mode === 'bracket';
  const number = isBracket ? cohort : column('cohort_number');
  const cellColumns = isBracket ? ['from_day', 'to_day'] : ['period'];
  const query = select({
    with: [
      { name: 'z', is: twoSidedQuantile(definition.confidence) },
      { name: 'last_day', is: day },
      ...members,
      { name: 'cohorts', is: cohorts(definition) },
      { name: 'cells', is: isBracket ? bracketCells(definition) : periodCells(definition) },
      ...(isBracket ? [] : [{ name: 'pooled', is: pooled }]),
    ],
    columns: [
      named('cohort', startOfPeriod(number, unit, timezone, !isBracket)),
      itself('size'),
      ...cellColumns.map(itself),
      itself('count'),
      ...rateColumns(),
    ],
    from: from(isBracket ? 'cells' : 'pooled'),
    orderBy: [ascending(number, 'first'), ...cellColumns.map((name) => ascending(column(name)))],
  });
  return { query, columns: isBracket ? BRACKET_COLUMNS : PERIOD_COLUMNS };
}
