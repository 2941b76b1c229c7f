/** Who takes part: the assignment of users to variants at their first exposure. */
import { asOf, allOf, eventsOf, isSelected, milliseconds } from '../parts/events.ts';
import { propertyForms } from '../parts/properties.ts';
import { millisecondsValue, timeValue } from '../parts/values.ts';
import { and, call, column, compare, equal, from, itself, named, not, plus, select, value } from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import type { ExperimentDefinition } from './schema.ts';

type Queries = Select['with'];

/** Whether an event is an exposure of the experiment to a variant. */
export function isExposure({ exposure, experiment }: ExperimentDefinition): Expression {
  const key = propertyForms(exposure.experiment_key).text;
  const variant = propertyForms(exposure.variant);
  return and(
    isSelected(exposure),
    call('ifNull', equal(key, value('experiment', 'String', experiment)), false),
    ...(variant.nullable ? [call('isNotNull', variant.text)] : []),
  );
}

/** Exposures of the experiment; the definition's filters say nothing about them. */
function exposures(definition: ExperimentDefinition): Select {
  const variant = propertyForms(definition.exposure.variant);
  return eventsOf(
    { ...definition, filters: [] },
    {
      columns: [
        itself('user_id'),
        named('at', milliseconds),
        named('shown', call('ifNull', variant.text, value('none', 'String', ''))),
      ],
      where: isExposure(definition),
    },
  );
}

const startOf = (name: string, instant: string): Expression => call('toUnixTimestamp64Milli', timeValue(name, instant));

/** Whether a user's first exposure lies in `[from, to)`. */
function startsInRange({ from: first, to }: ExperimentDefinition): Expression | undefined {
  return allOf(
    first === undefined ? undefined : compare(column('start'), '>=', startOf('from', first)),
    to === undefined ? undefined : compare(column('start'), '<', startOf('to', to)),
  );
}

/**
 * The queries `exposures` and `exposed`: every user whose first exposure is in range, with the variant, whether there
 * was more than one ever (`mixed`) and whether the window is still open at the end of the data (`incomplete`).
 */
export function exposedUsers(definition: ExperimentDefinition): Queries {
  const end = call('toUnixTimestamp64Milli', asOf(definition));
  const inRange = startsInRange(definition);
  return [
    { name: 'exposures', is: exposures(definition) },
    {
      name: 'exposed',
      is: select({
        columns: [
          itself('user_id'),
          named('start', call('min', column('at'))),
          named('variant', call('argMin', column('shown'), column('at'))),
          named('mixed', compare(call('uniqExact', column('shown')), '>', 1)),
          named(
            'incomplete',
            compare(plus(call('min', column('at')), millisecondsValue('window', definition.window_seconds)), '>', end),
          ),
        ],
        from: from('exposures'),
        groupBy: [column('user_id')],
        having: inRange,
      }),
    },
  ];
}

/** Whether an exposed user is analysed. */
export const isAnalysed = ({ only_complete: onlyComplete }: ExperimentDefinition): Expression =>
  allOf(not(column('mixed')), onlyComplete ? not(column('incomplete')) : undefined) ?? not(column('mixed'));
