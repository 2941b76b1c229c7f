/** What each analysed user did: one number per metric, two for a ratio, one for the covariate. */
import { allOf, eventsOf, isSelected, milliseconds } from '../parts/events.ts';
import { propertyForms, propertyNumber } from '../parts/properties.ts';
import { millisecondsValue } from '../parts/values.ts';
import {
  and,
  call,
  cast,
  column,
  compare,
  constant,
  from,
  itself,
  minus,
  named,
  or,
  parametric,
  plus,
  select,
  value,
  windowed,
} from '../tree/build.ts';
import type { Call, Expression, Named, Select } from '../tree/nodes.ts';
import type { ExperimentDefinition, Measure, Measured, Metric } from './schema.ts';
import { isAnalysed } from './users.ts';

const DAY_SECONDS = 86_400;

/** A number per user, its name and the events that it is taken from. */
export interface Series {
  readonly name: string;
  readonly of: Measured;
  /** Relative to the first exposure. */
  readonly when: 'after' | 'before';
  readonly conversion: boolean;
  readonly winsorize: number | undefined;
}

/** Names of the columns of a metric. */
export const valueName = (metric: number): string => `value_${String(metric + 1)}`;
export const denominatorName = (metric: number): string => `denominator_${String(metric + 1)}`;
export const COVARIATE = 'covariate';

function seriesOf(metric: Metric, index: number): Series[] {
  const one = (name: string, of: Measured, conversion = false): Series => ({
    name,
    of,
    when: 'after',
    conversion,
    winsorize: metric.type === 'conversion' ? undefined : metric.winsorize,
  });
  switch (metric.type) {
    case 'conversion':
      return [one(valueName(index), { event: metric.event, filters: metric.filters, measure: 'count' }, true)];
    case 'ratio':
      return [one(valueName(index), metric.numerator), one(denominatorName(index), metric.denominator)];
    case 'mean':
    case 'quantile':
      return [one(valueName(index), metric)];
  }
}

/** Every number that is taken per user. */
export function allSeries({ metrics, covariate }: ExperimentDefinition): Series[] {
  const ofMetrics = metrics.flatMap(seriesOf);
  if (covariate === undefined) return ofMetrics;
  const history: Series = { name: COVARIATE, of: covariate, when: 'before', conversion: false, winsorize: undefined };
  return [...ofMetrics, history];
}

/** Whether an event is one of the series. */
export const flagOf = ({ name }: Series): string => `is_${name}`;
const inputOf = ({ name }: Series): string => `input_${name}`;

const propertyOf = (measure: Measure): string | undefined =>
  measure === 'count' ? undefined : Object.values(measure)[0];

/** The property that a series takes of an event: text where different values are counted, else a number. */
export function input({ of: { measure } }: Series): Expression | undefined {
  const property = propertyOf(measure);
  if (property === undefined || measure === 'count') return undefined;
  return 'distinct' in measure ? propertyForms(property).text : cast(propertyNumber(property), 'Nullable(Float64)');
}

/** Events that any metric or the covariate is taken from. */
function metricEvents(definition: ExperimentDefinition, series: readonly Series[]): Select {
  const columns = series.flatMap((one): Named[] => {
    const taken = input(one);
    return [
      named(flagOf(one), call('toUInt8', isSelected(one.of))),
      ...(taken === undefined ? [] : [named(inputOf(one), taken)]),
    ];
  });
  return eventsOf(definition, {
    columns: [itself('user_id'), named('at', milliseconds), ...columns],
    where: or(...series.map((one) => isSelected(one.of))),
  });
}

/** Whether an event counts: within the window from the first exposure on, or before it and within the look-back. */
export function counts(definition: ExperimentDefinition, one: Series): Expression {
  const [at, start] = [column('at'), column('start')];
  const isOf = column(flagOf(one));
  if (one.when === 'after') {
    const end = plus(start, millisecondsValue('window', definition.window_seconds));
    return and(isOf, compare(at, '>=', start), compare(at, '<=', end));
  }
  const days = definition.covariate?.lookback_days;
  const since = days === undefined ? undefined : minus(start, millisecondsValue('lookback', days * DAY_SECONDS));
  return (
    allOf(isOf, compare(at, '<', start), since === undefined ? undefined : compare(at, '>=', since)) ?? constant(true)
  );
}

/** The number of one user; 0 without events. */
function perUser(definition: ExperimentDefinition, one: Series): Expression {
  const { measure } = one.of;
  const condition = counts(definition, one);
  if (measure === 'count') {
    const number = call('countIf', condition);
    return call('toFloat64', one.conversion ? compare(number, '>', 0) : number);
  }
  const of = column(inputOf(one));
  const known = and(condition, call('isNotNull', of));
  if ('distinct' in measure) return call('toFloat64', call('uniqExactIf', of, known));
  const number = call('ifNull', of, 0);
  if ('sum' in measure) return call('sumKahanIf', number, known);
  const aggregate = 'avg' in measure ? 'avgIf' : 'min' in measure ? 'minIf' : 'maxIf';
  return call('if', compare(call('countIf', known), '>', 0), call(aggregate, number, known), 0);
}

/** The value set to the upper quantile of all analysed users where it is above it. */
function winsorized({ name, winsorize }: Series): Expression {
  const number = call('ifNull', column(name), 0);
  if (winsorize === undefined) return number;
  const cap: Call = parametric('quantileExactInclusive', [value('winsorize', 'Float64', winsorize)], number);
  return call('least', number, windowed(cap, {}));
}

/**
 * The queries `users`, `metric_events`, `measured` and `participants`: a row per analysed user with the variant and all
 * its numbers.
 */
export function participants(definition: ExperimentDefinition): Select['with'] {
  const series = allSeries(definition);
  return [
    {
      name: 'users',
      is: select({
        columns: [itself('user_id'), itself('variant'), itself('start')],
        from: from('exposed'),
        where: isAnalysed(definition),
      }),
    },
    { name: 'metric_events', is: metricEvents(definition, series) },
    {
      name: 'measured',
      is: select({
        columns: [itself('user_id'), ...series.map((one) => named(one.name, perUser(definition, one)))],
        from: from('metric_events'),
        joins: [{ type: 'inner', source: from('users'), using: ['user_id'] }],
        groupBy: [column('user_id')],
      }),
    },
    {
      name: 'participants',
      is: select({
        columns: [itself('variant'), ...series.map((one) => named(one.name, winsorized(one)))],
        from: from('users'),
        joins: [{ type: 'left', source: from('measured'), using: ['user_id'] }],
      }),
    },
  ];
}
