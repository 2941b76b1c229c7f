import { columns, type Plan } from '../analysis.ts';
import { rate, twoSidedQuantile, wilson } from '../parts/intervals.ts';
import { isTotalOver } from '../parts/totals.ts';
import {
  ascending,
  call,
  cast,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  minus,
  named,
  over,
  parametric,
  select,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import type { FunnelShape } from './marks.ts';

const COLUMNS = columns({
  breakdown: 'text?',
  step: 'count',
  event: 'text',
  count: 'count',
  from_first: 'number?',
  from_first_low: 'number?',
  from_first_high: 'number?',
  from_previous: 'number?',
  from_previous_low: 'number?',
  from_previous_high: 'number?',
  median_seconds_from_first: 'number?',
  p90_seconds_from_first: 'number?',
  median_seconds_from_previous: 'number?',
  p90_seconds_from_previous: 'number?',
});

const timeOf = (step: number): Expression => column(step === 1 ? 'start' : `step_${String(step)}`);

/** Counts and quantiles of all steps side by side, per value of the breakdown and over all. */
function steps(shape: FunnelShape): Select {
  const all = Array.from({ length: shape.steps }, (_, index) => index + 1);
  const reaches = (step: number): Expression => compare(column('level'), '>=', step);
  // Quantiles of whole milliseconds; seconds come of it at the very end.
  const quantiles = (step: number, since: number): Expression =>
    parametric('quantilesExactInclusiveIf', [0.5, 0.9], minus(timeOf(step), timeOf(since)), reaches(step));
  const label = column('label');
  return select({
    columns: [
      named('breakdown', shape.labelled ? call('if', isTotalOver(label), null, label) : cast(null, 'Nullable(String)')),
      named('counts', call('array', ...all.map((step) => call('countIf', reaches(step))))),
      named('since_first', call('array', ...all.map((step) => quantiles(step, 1)))),
      named('since_previous', call('array', ...all.map((step) => quantiles(step, Math.max(1, step - 1))))),
    ],
    from: from('paths'),
    where: compare(column('level'), '>', 0),
    ...(shape.labelled ? { groupingSets: [[label], []] } : {}),
  });
}

function quantileColumns(name: 'first' | 'previous', meaningful: boolean): readonly Named[] {
  return ['median', 'p90'].map((quantile, index) => {
    const seconds = over(call('arrayElement', column(`since_${name}`), index + 1), 1000);
    // No unit reaches the step, or the step is the first: there is no time to speak of.
    const isThere = compare(column('step'), '>', 1);
    const there = call('if', isThere, call('if', equal(column('count'), 0), null, seconds), null);
    return named(`${quantile}_seconds_from_${name}`, meaningful ? there : cast(null, 'Nullable(Float64)'));
  });
}

/**
 * The rows of the answer.
 * @param queries those that lead to `paths`
 */
export function answer(shape: FunnelShape, queries: Select['with']): Plan {
  const { definition } = shape;
  const [step, count] = [column('step'), column('count')];
  const first = call('arrayElement', column('counts'), constant(1));
  const previous = call('arrayElement', column('counts'), call('greatest', minus(step, 1), constant(1)));
  const rates = (name: 'first' | 'previous', total: Expression): readonly Named[] => {
    const { low, high } = wilson(count, total);
    return [
      named(`from_${name}`, rate(count, total)),
      named(`from_${name}_low`, low),
      named(`from_${name}_high`, high),
    ];
  };
  const events = value(
    'step_events',
    'Array(String)',
    definition.steps.map((item) => item.event),
  );
  const query = select({
    with: [{ name: 'z', is: twoSidedQuantile(definition.confidence) }, ...queries, { name: 'steps', is: steps(shape) }],
    columns: [
      itself('breakdown'),
      itself('step'),
      named('event', call('arrayElement', events, step)),
      itself('count'),
      ...rates('first', first),
      ...rates('previous', previous),
      ...quantileColumns('first', true),
      ...quantileColumns('previous', definition.order !== 'any'),
    ],
    from: from('steps'),
    arrayJoin: [
      named('count', column('counts')),
      named('since_first', column('since_first')),
      named('since_previous', column('since_previous')),
      named('step', call('arrayEnumerate', column('counts'))),
    ],
    orderBy: [ascending(column('breakdown'), 'first'), ascending(step)],
  });
  return { query, columns: COLUMNS };
}
