/** Which interval an event made its user active in, and what the user was there. */
import { activity, type ActivityDefinition } from '../activity/activity.ts';
import { lifecycle, type LifecycleDefinition } from '../activity/lifecycle.ts';
import type { DefinitionTools } from '../analysis.ts';
import { bucketOf, startOfBucket } from '../parts/buckets.ts';
import { asOf } from '../parts/events.ts';
import { and, call, column, compare, derived, equal, from, itself, minus, named, select } from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { eventColumns, explained, ownEvents, reasonOf, restricted, type Explanation } from './explanation.ts';
import { because, word } from './reasons.ts';

type Interval = LifecycleDefinition['interval'];
const time = column('time');

/** `own` and `placed`: each event with the row of the analysis over the user's own events that it is counted in. */
function placed(
  definition: ActivityDefinition | LifecycleDefinition,
  user: string,
  interval: Interval,
  rows: Select,
  figures: readonly string[],
): Select['with'] {
  const start = startOfBucket(
    bucketOf(column('timestamp'), interval, definition.timezone),
    interval,
    definition.timezone,
  );
  return [
    ownEvents(definition, user, [named('time', start)]),
    {
      name: 'rows',
      is: select({ columns: ['time', ...figures].map(itself), from: derived(rows) }),
    },
    {
      name: 'placed',
      is: select({
        columns: [...eventColumns, itself('time'), ...figures.map(itself)],
        from: from('own'),
        joins: [{ type: 'left', source: from('rows'), using: ['time'] }],
      }),
    },
  ];
}

/** The number of the interval at the end of the data, and of the last that the user is active in. */
const endOf = (definition: ActivityDefinition | LifecycleDefinition, interval: Interval): Expression =>
  call('assumeNotNull', bucketOf(asOf(definition), interval, definition.timezone));

function lastActive(definition: ActivityDefinition | LifecycleDefinition, interval: Interval): Select['with'] {
  const bucket = bucketOf(column('timestamp'), interval, definition.timezone);
  const counts = and(column('passes'), equal(column('is_late'), 0));
  return [
    {
      name: 'last_active',
      is: select({
        columns: [
          named('events', call('countIf', counts)),
          named('away', minus(endOf(definition, interval), call('maxIf', bucket, counts))),
          named('last_timestamp', call('maxIf', column('timestamp'), counts)),
        ],
        from: from('own'),
      }),
    },
  ];
}

const none = (then: Expression): Expression => call('if', equal(column('events'), 0), null, then);
const reason = call('if', equal(column('events'), 0), because('no_event'), null);

/** The user's rows of the analysis: a count of 1 says what the user was in an interval. */
export function explainActivity(definition: ActivityDefinition, user: string, tools: DefinitionTools): Explanation {
  const { query } = activity.compile(restricted(definition, user), tools);
  const away = column('away');
  const spans = call(
    'multiIf',
    compare(away, '<', 1),
    word('dau, wau, mau'),
    compare(away, '<', 7),
    word('wau, mau'),
    compare(away, '<', 30),
    word('mau'),
    null,
  );
  return {
    queries: [
      ...placed(definition, user, 'day', query as Select, ['dau']),
      explained('placed', {
        role: call('if', equal(column('dau'), 1), word('active'), null),
        cell: call('toNullable', call('suuupra_time_text', time)),
        reason: reasonOf(equal(column('dau'), 0), because('out_of_range'), null),
      }),
    ],
    verdict: { cell: none(spans), reason },
    verdictFrom: { queries: lastActive(definition, 'day'), name: 'last_active' },
  };
}

const STATES = ['new', 'returning', 'resurrecting'] as const;

export function explainLifecycle(definition: LifecycleDefinition, user: string, tools: DefinitionTools): Explanation {
  const { interval } = definition;
  const { query } = lifecycle.compile(restricted(definition, user), tools);
  const state = call('multiIf', ...STATES.flatMap((name) => [equal(column(name), 1), word(name)]), null);
  const away = column('away');
  const isShown = STATES.map((name) => equal(column(name), 0));
  // The state in the last active interval comes from the analysis over all the user's data, whatever the range.
  const unbounded = { ...restricted(definition, user), from: undefined, to: undefined };
  const whole = lifecycle.compile(unbounded, tools).query as Select;
  return {
    queries: [
      ...placed(definition, user, interval, query as Select, STATES),
      explained('placed', {
        role: state,
        cell: call('toNullable', call('suuupra_time_text', time)),
        reason: reasonOf(and(...isShown), because('out_of_range'), null),
      }),
    ],
    verdict: {
      cell: call(
        'multiIf',
        equal(column('events'), 0),
        null,
        equal(away, 0),
        column('last_state'),
        equal(away, 1),
        word('dormant'),
        null,
      ),
      reason: call(
        'multiIf',
        equal(column('events'), 0),
        because('no_event'),
        compare(away, '>', 1),
        because('no_event'),
        null,
      ),
    },
    verdictFrom: {
      queries: [
        ...lastActive(definition, interval),
        {
          name: 'states',
          is: select({
            columns: [
              named(
                'last_state',
                call('argMaxIf', state, time, compare(call('greatest', ...STATES.map((name) => column(name))), '>', 0)),
              ),
            ],
            from: derived(whole),
          }),
        },
        {
          name: 'ending',
          is: select({
            columns: ['events', 'away', 'last_state'].map(itself),
            from: from('last_active'),
            joins: [{ type: 'cross', source: from('states') }],
          }),
        },
      ],
      name: 'ending',
    },
  };
}
