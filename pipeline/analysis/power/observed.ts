/** The metric as it is today: users that would have been exposed in the range, measured as in an experiment. */
import { arms } from '../experiment/arms.ts';
import { participants } from '../experiment/measures.ts';
import type { ExperimentDefinition, Metric } from '../experiment/schema.ts';
import { allOf, asOf, eventsOf, isInRange, isSelected, milliseconds } from '../parts/events.ts';
import { millisecondsValue } from '../parts/values.ts';
import {
  call,
  cast,
  column,
  compare,
  from,
  itself,
  minus,
  named,
  over,
  plus,
  select,
  times,
  value,
} from '../tree/build.ts';
import type { Select } from '../tree/nodes.ts';
import type { PowerDefinition } from './schema.ts';

const DAY = 86_400_000;

/** `exposed`: the first exposure of each user in range. Whether one ever saw two variants does not arise. */
function exposed(definition: PowerDefinition): Select['with'] {
  const end = call('toUnixTimestamp64Milli', call('assumeNotNull', asOf(definition)));
  return [
    {
      name: 'exposed',
      is: select({
        columns: [
          itself('user_id'),
          named('start', call('min', column('at'))),
          named('variant', value('variant', 'String', '')),
          named('mixed', false),
          named(
            'incomplete',
            compare(plus(call('min', column('at')), millisecondsValue('window', definition.window_seconds)), '>', end),
          ),
        ],
        from: from('exposures'),
        groupBy: [column('user_id')],
      }),
    },
  ];
}

/** The parts of an experiment that measure one metric; only users whose window is over say what the metric is. */
const asExperiment = (definition: PowerDefinition, metric: Metric): ExperimentDefinition => ({
  analysis: 'experiment',
  timezone: definition.timezone,
  filters: definition.filters,
  confidence: definition.confidence,
  as_of: definition.as_of,
  experiment: '',
  control: '',
  exposure: { event: 'experiment_exposure', filters: [], experiment_key: 'experiment_key', variant: 'variant' },
  window_seconds: definition.window_seconds,
  metrics: [metric],
  only_complete: true,
  minimum_effect: definition.minimum_effect,
  tuning: 1,
  srm_threshold: 0.5,
});

/** The query `observed`: one row with `users`, `baseline`, `variance` (per user) and `users_per_day`, null without users. */
export function observed(definition: PowerDefinition, metric: Metric | undefined): Select['with'] {
  const exposures = eventsOf(definition, {
    columns: [itself('user_id'), named('at', milliseconds)],
    where: allOf(isInRange(definition), isSelected(definition.exposure)),
  });
  const start = column('start');
  // From the first to the last exposure, at least a day: a range that begins before the data is no slower for it.
  const days = call('greatest', over(minus(call('max', start), call('min', start)), DAY), 1);
  const arrivals = select({
    columns: [named('users_per_day', over(call('count'), call('if', compare(call('count'), '>', 0), days, 0)))],
    from: from('exposed'),
  });
  const nothing = cast(null, 'Nullable(Float64)');
  const first = (array: string): ReturnType<typeof call> =>
    call('arrayElement', call('arrayElement', column(array), 1), 1);
  const known = call('if', compare(column('seen'), '>', 1), 1, 0);
  const measured = metric === undefined ? undefined : asExperiment(definition, metric);
  if (measured === undefined)
    return [
      { name: 'exposures', is: exposures },
      ...exposed(definition),
      { name: 'arrivals', is: arrivals },
      {
        name: 'observed',
        is: select({
          columns: [
            named('users', cast(null, 'Nullable(UInt64)')),
            named('baseline', value('baseline', 'Float64', definition.baseline ?? 0)),
            named(
              'variance',
              value('variance', 'Float64', definition.variance ?? rateVariance(definition.baseline ?? 0)),
            ),
            itself('users_per_day'),
          ],
          from: from('arrivals'),
        }),
      },
    ];
  return [
    { name: 'exposures', is: exposures },
    ...exposed(definition),
    { name: 'arrivals', is: arrivals },
    ...participants(measured),
    ...arms(measured),
    {
      name: 'seen_users',
      is: select({
        columns: [named('seen', call('arraySum', column('users'))), itself('estimates'), itself('variances')],
        from: from('collected'),
      }),
    },
    {
      name: 'observed',
      is: select({
        columns: [
          named('users', call('toNullable', column('seen'))),
          named('baseline', call('if', known, first('estimates'), nothing)),
          named('variance', call('if', known, times(first('variances'), column('seen')), nothing)),
          itself('users_per_day'),
        ],
        from: from('seen_users'),
        joins: [{ type: 'cross', source: from('arrivals') }],
      }),
    },
  ];
}

/** p (1 − p). */
const rateVariance = (rate: number): number => rate * (1 - rate);
