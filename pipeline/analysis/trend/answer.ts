import { columns, type Plan } from '../analysis.ts';
import { startOfBucket } from '../parts/buckets.ts';
import {
  ascending,
  call,
  cast,
  column,
  derived,
  equal,
  from,
  itself,
  named,
  or,
  select,
  union,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { formulaExpression, letterOf, parseFormula } from './formula.ts';
import { blanks, hits, shownLabel, span, topLabels } from './hits.ts';
import { amountName, amountOf, isSumOfMoney, matchName, measureExpression, valueName } from './measures.ts';
import type { TrendDefinition } from './schema.ts';

/** Sums of money stay decimal where nothing else shares the column with them. */
const isAllMoney = ({ series, formula }: TrendDefinition): boolean =>
  formula === undefined && series.every(isSumOfMoney);

/** The names of what a row of `hits` and `blanks` has besides its label. */
const hitColumns = ({ series }: TrendDefinition): readonly string[] => [
  'is_compared',
  'bucket',
  'user_id',
  ...series.flatMap((one, index) => [matchName(index), ...(amountOf(one) === undefined ? [] : [amountName(index)])]),
];

/** One row per range, interval and label, and one over all labels. */
function figures(definition: TrendDefinition): Select {
  const { series, breakdown, limit = 0 } = definition;
  const isBroken = breakdown !== undefined;
  const rest = hitColumns(definition).map(itself);
  const labelled = (label: Expression): readonly Named[] => (isBroken ? [named('label', label)] : []);
  const rows = union(
    select({ columns: [...rest, ...labelled(shownLabel(limit))], from: from('hits') }),
    select({ columns: [...rest, ...labelled(column('label'))], from: from('blanks') }),
  );
  const [compared, bucket, label] = [column('is_compared'), column('bucket'), column('label')];
  const values = series.map((one, index) => {
    const measure = measureExpression(one, index);
    return named(valueName(index), isAllMoney(definition) ? measure : cast(measure, 'Nullable(Float64)'));
  });
  return select({
    columns: [
      itself('is_compared'),
      itself('bucket'),
      named(
        'breakdown',
        isBroken ? call('if', equal(call('grouping', label), 1), null, label) : cast(null, 'Nullable(String)'),
      ),
      ...values,
    ],
    from: derived(rows),
    ...(isBroken
      ? {
          groupingSets: [
            [compared, bucket, label],
            [compared, bucket],
          ],
          having: or(equal(call('grouping', label), 1), call('isNotNull', label)),
        }
      : { groupBy: [compared, bucket] }),
  });
}

function formulaColumn({ formula, series }: TrendDefinition): Expression | undefined {
  if (formula === undefined) return undefined;
  const parsed = parseFormula(formula, series.length);
  if (typeof parsed === 'string') throw new Error('a formula that was checked');
  return cast(
    formulaExpression(parsed, (index) => column(valueName(index))),
    'Nullable(Float64)',
  );
}

/** The rows of the answer. */
export function answer(definition: TrendDefinition): Plan {
  const { series, breakdown, interval, timezone, compare: compared } = definition;
  const formula = formulaColumn(definition);
  const letters = [...series.map((_, index) => letterOf(index)), ...(formula === undefined ? [] : ['formula'])];
  const values = [...series.map((_, index) => column(valueName(index))), ...(formula === undefined ? [] : [formula])];
  const isMoney = isAllMoney(definition);
  const comparison: readonly Named[] =
    compared === undefined
      ? []
      : [named('compare', call('if', column('is_compared'), value('compare', 'String', compared), null))];
  const query = select({
    with: [
      ...(breakdown === undefined ? [] : [{ name: 'top', is: topLabels(definition) }]),
      { name: 'hits', is: hits(definition) },
      { name: 'span', is: span(definition) },
      { name: 'blanks', is: blanks(definition) },
      { name: 'figures', is: figures(definition) },
    ],
    columns: [
      itself('series'),
      itself('breakdown'),
      ...comparison,
      named('time', startOfBucket(column('bucket'), interval, timezone)),
      itself('value'),
    ],
    from: from('figures'),
    arrayJoin: [
      named('series', value('letters', 'Array(String)', letters)),
      named('value', call('array', ...values)),
      named('position', call('arrayEnumerate', value('letters', 'Array(String)', letters))),
    ],
    orderBy: [
      ascending(column('breakdown'), 'first'),
      ascending(column('bucket')),
      ascending(column('position')),
      ascending(column('is_compared')),
    ],
  });
  return {
    query,
    columns: columns({
      series: 'text',
      breakdown: 'text?',
      ...(compared === undefined ? {} : { compare: 'text?' as const }),
      time: 'time',
      value: isMoney ? 'money' : 'number?',
    }),
  };
}
