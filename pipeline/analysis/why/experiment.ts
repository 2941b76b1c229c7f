/** How a user came into an experiment, and which events made the metrics. */
import { columns } from '../analysis.ts';
import { allSeries, counts, flagOf, input, participants, type Series } from '../experiment/measures.ts';
import { denominatorName, valueName } from '../experiment/measures.ts';
import type { ExperimentDefinition } from '../experiment/schema.ts';
import { exposedUsers, isAnalysed, isExposure } from '../experiment/users.ts';
import { isSelected } from '../parts/events.ts';
import { allFilters } from '../parts/filters.ts';
import {
  and,
  call,
  cast,
  column,
  compare,
  equal,
  from,
  itself,
  lambda,
  named,
  not,
  or,
  select,
  unequal,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import {
  COUNTED,
  eventColumns,
  explained,
  NO_TEXT,
  ofUser,
  ownEvents,
  reasonOf,
  type Explanation,
} from './explanation.ts';
import { because, word } from './reasons.ts';

/** The user alone: exposures know no filters but their own. */
function onlyUser(definition: ExperimentDefinition, user: string): ExperimentDefinition {
  const { exposure, filters } = definition;
  return {
    ...definition,
    filters: [...filters, ofUser(user)],
    exposure: { ...exposure, filters: [...exposure.filters, ofUser(user)] },
  };
}

const STATE = ['start', 'variant', 'mixed', 'incomplete', 'is_exposed', 'first_exposure', 'exposures_ever'];

/** `state`: one row, what the analysis knows of the user. */
const state: readonly Select['with'][number][] = [
  {
    name: 'first_exposures',
    is: select({
      columns: [
        named('exposures_ever', call('countIf', column('is_exposure'))),
        named(
          'first_exposure',
          call('argMinIf', column('id'), call('tuple', column('at'), column('id')), column('is_exposure')),
        ),
      ],
      from: from('own'),
      where: not(column('is_late')),
    }),
  },
  {
    name: 'exposed_user',
    is: select({
      columns: [
        named('is_exposed', compare(call('count'), '>', 0)),
        ...['start', 'variant', 'mixed', 'incomplete'].map((name) => named(`any_${name}`, call('any', column(name)))),
      ],
      from: from('exposed'),
    }),
  },
  {
    name: 'state',
    is: select({
      columns: [
        ...['start', 'variant', 'mixed', 'incomplete'].map((name) => named(name, column(`any_${name}`))),
        ...['is_exposed', 'first_exposure', 'exposures_ever'].map(itself),
      ],
      from: from('exposed_user'),
      joins: [{ type: 'cross', source: from('first_exposures') }],
    }),
  },
];

const hasName = ({ name }: Series): string => `has_${name}`;

function own(definition: ExperimentDefinition, series: readonly Series[]): readonly Named[] {
  return [
    named('is_exposure', isExposure(definition)),
    named('passes_filters', allFilters(definition.filters)),
    named('is_type', or(...series.map(({ of }) => isSelected({ event: of.event, filters: [] })))),
    ...series.flatMap((one) => {
      const taken = input(one);
      return [
        named(flagOf(one), call('toUInt8', isSelected(one.of))),
        named(hasName(one), taken === undefined ? true : call('isNotNull', taken)),
      ];
    }),
  ];
}

/** Why the user is not analysed; empty where the user is. */
const outside = ({ only_complete: onlyComplete }: ExperimentDefinition): readonly Expression[] => [
  not(column('is_exposed')),
  call('if', equal(column('exposures_ever'), 0), because('not_exposed'), because('out_of_range')),
  column('mixed'),
  because('both_variants'),
  ...(onlyComplete ? [column('incomplete'), because('incomplete')] : []),
];

/** What a series is called as a role. */
function roleOf({ metrics }: ExperimentDefinition, { name, when }: Series): string {
  const index = metrics.findIndex((_, position) => [valueName(position), denominatorName(position)].includes(name));
  const metric = metrics[index];
  if (when === 'before' || metric === undefined) return 'covariate';
  if (metric.type !== 'ratio') return `metric ${metric.name}`;
  return `metric ${metric.name}, ${name === valueName(index) ? 'numerator' : 'denominator'}`;
}

/** The roles of an event in all series that it counts in. */
function roles(definition: ExperimentDefinition, series: readonly Series[]): Expression {
  const names = value(
    'roles',
    'Array(String)',
    series.map((one) => roleOf(definition, one)),
  );
  const holds = series.map((one) => call('toUInt8', and(counts(definition, one), column(hasName(one)))));
  return call('arrayFilter', lambda(['role', 'holds'], equal(column('holds'), 1)), names, call('array', ...holds));
}

function reason(definition: ExperimentDefinition, series: readonly Series[]): Expression {
  const isOne = or(...series.map((one) => equal(column(flagOf(one)), 1)));
  const inWindow = or(...series.map((one) => counts(definition, one)));
  return reasonOf(
    and(not(column('is_exposure')), not(isOne)),
    call('if', column('is_type'), because('filtered'), because('other_event')),
    and(not(column('is_exposure')), not(column('passes_filters'))),
    because('filtered'),
    ...outside(definition),
    or(and(column('is_exposure'), equal(column('id'), column('first_exposure'))), column('is_counted')),
    COUNTED,
    column('is_exposure'),
    because('repeated'),
    inWindow,
    because('no_value'),
    compare(column('at'), '<', column('start')),
    because('before_exposure'),
    because('window_expired'),
  );
}

/** The user's numbers before winsorising, such as `revenue 12.5; conversion 1`. */
function values({ metrics }: ExperimentDefinition): Expression {
  const text = (name: string): Expression => call('suuupra_json_number_text', call('ifNull', column(name), 0));
  const of = metrics.map((metric, index) =>
    metric.type === 'ratio'
      ? call('concat', text(valueName(index)), word(' / '), text(denominatorName(index)))
      : text(valueName(index)),
  );
  const names = value(
    'metric_names',
    'Array(String)',
    metrics.map((metric) => metric.name),
  );
  const both = call(
    'arrayMap',
    lambda(['name', 'number'], call('concat', column('name'), word(' '), column('number'))),
    names,
    call('array', ...of),
  );
  return call('arrayStringConcat', both, word('; '));
}

export function explainExperiment(definition: ExperimentDefinition, user: string): Explanation {
  const only = onlyUser(definition, user);
  const series = allSeries(definition);
  const columnsOfOwn = own(definition, series);
  const names = columnsOfOwn.map((item) => item.as);
  const analysed = and(column('is_exposed'), isAnalysed(definition));
  const orNull = (of: Expression): Expression => call('if', analysed, of, null);
  return {
    queries: [
      ...exposedUsers(only),
      ...participants(only).filter(({ name }) => name !== 'participants'),
      ownEvents({ ...definition, filters: [] }, user, columnsOfOwn),
      ...state,
      {
        name: 'placed',
        is: select({
          columns: [...eventColumns, ...[...names, ...STATE].map(itself)],
          from: from('own'),
          joins: [{ type: 'cross', source: from('state') }],
        }),
      },
      {
        name: 'counted',
        is: select({
          columns: [...eventColumns, ...[...names, ...STATE].map(itself), named('roles', roles(definition, series))],
          from: from('placed'),
        }),
      },
      {
        name: 'judged',
        is: select({
          columns: [
            ...eventColumns,
            ...[...names, ...STATE, 'roles'].map(itself),
            named('is_counted', and(column('passes_filters'), unequal(call('length', column('roles')), 0))),
          ],
          from: from('counted'),
        }),
      },
      {
        name: 'reasoned',
        is: select({
          columns: [
            ...eventColumns,
            ...['is_exposure', 'roles'].map(itself),
            named('why_not', reason(definition, series)),
          ],
          from: from('judged'),
        }),
      },
      explained('reasoned', {
        role: call(
          'multiIf',
          column('is_exposure'),
          word('exposure'),
          call('isNull', column('why_not')),
          call('arrayStringConcat', column('roles'), word('; ')),
          null,
        ),
        cell: NO_TEXT,
        reason: column('why_not'),
      }),
    ],
    verdict: {
      variant: call('if', column('is_exposed'), column('variant'), null),
      reason: call('multiIf', ...outside(definition), NO_TEXT),
    },
    verdictFrom: {
      queries: [
        {
          name: 'totals',
          is: select({
            columns: metricColumns(definition).map((name) => named(`all_${name}`, call('sum', column(name)))),
            from: from('measured'),
          }),
        },
        {
          name: 'outcome',
          is: select({
            columns: [
              ...STATE.map(itself),
              ...metricColumns(definition).map((name) => named(name, column(`all_${name}`))),
            ],
            from: from('state'),
            joins: [{ type: 'cross', source: from('totals') }],
          }),
        },
      ],
      name: 'outcome',
    },
    extra: {
      columns: columns({ exposed_at: 'time?', values: 'text?' }),
      values: {
        exposed_at: call(
          'if',
          column('is_exposed'),
          call('fromUnixTimestamp64Milli', column('start')),
          cast(null, "Nullable(DateTime64(3, 'UTC'))"),
        ),
        values: orNull(values(definition)),
      },
    },
  };
}

const metricColumns = (definition: ExperimentDefinition): string[] =>
  allSeries(definition)
    .filter(({ when }) => when === 'after')
    .map(({ name }) => name);
