/** Why an event of a user was not taken by the path of its unit, and why the path ends where it does. */
import { stepBit, type FunnelShape } from '../funnel/marks.ts';
import { millisecondsValue } from '../parts/values.ts';
import {
  and,
  call,
  column,
  compare,
  constant,
  equal,
  from,
  itself,
  lambda,
  named,
  not,
  plus,
  select,
} from '../tree/build.ts';
import type { Expression, Select } from '../tree/nodes.ts';
import { COUNTED, eventColumns, reasonOf, type Explanation } from './explanation.ts';
import { because, type Reason } from './reasons.ts';
import { routes } from './taken.ts';

const [at, level, start, wanted] = ['at', 'level', 'start', 'wanted'].map((name) => column(name)) as [
  Expression,
  Expression,
  Expression,
  Expression,
];
const timeOf = (step: Expression): Expression => call('arrayElement', column('times'), step);

/** Of the steps that an event matches the first that the path has not reached, else the last; 0 for none. */
function wantedStep(shape: FunnelShape): Expression {
  const steps = Array.from({ length: shape.steps }, (_, index) => index + 1);
  const is = (step: number): Expression => call('bitTest', column('mask'), stepBit(shape, step));
  return call(
    'multiIf',
    ...steps.flatMap((step) => [and(is(step), compare(step, '>', level)), step]),
    ...steps.toReversed().flatMap((step) => [is(step), step]),
    0,
  );
}

const window = ({ definition }: FunnelShape): Expression =>
  millisecondsValue('window_milliseconds', definition.window_seconds);

/** Whether the event lies in the window of a start that an exclusion made worthless. */
const nearExcluded = (shape: FunnelShape): Expression =>
  call(
    'arrayExists',
    lambda(['one'], and(compare(at, '>=', column('one')), compare(at, '<=', plus(column('one'), window(shape))))),
    column('excluded'),
  );

/** How deep the deepest path is that begins in the event's own millisecond. */
const ownLevel = call(
  'arrayMax',
  call(
    'arrayPushBack',
    call(
      'arrayMap',
      lambda(
        ['one'],
        call('if', equal(call('tupleElement', column('one'), 2), at), call('tupleElement', column('one'), 1), 0),
      ),
      column('starts'),
    ),
    0,
  ),
);

/** What became of a path that another start of the unit was preferred to. */
const otherStart = (): readonly Expression[] => [
  compare(column('own_level'), '>=', level),
  because('tie'),
  because('shorter_path'),
];

/** The reasons of a step's event in `ordered` and `strict`. */
function inOrder(shape: FunnelShape): Expression {
  const next = shape.definition.order === 'strict' ? because('not_consecutive') : because('shorter_path');
  return call(
    'multiIf',
    and(equal(wanted, 1), call('has', column('excluded'), at)),
    because('excluded'),
    and(equal(wanted, 1), equal(level, 0)),
    because('excluded'),
    equal(wanted, 1),
    call('multiIf', ...otherStart()),
    equal(level, 0),
    call('if', column('near_excluded'), because('excluded'), because('step_missing')),
    compare(at, '<', start),
    call('if', column('near_excluded'), because('excluded'), because('not_in_order')),
    compare(at, '>', plus(start, window(shape))),
    because('window_expired'),
    compare(wanted, '<=', level),
    call(
      'multiIf',
      compare(at, '<', timeOf(wanted)),
      because('not_in_order'),
      equal(at, timeOf(wanted)),
      because('tie'),
      because('repeated'),
    ),
    compare(at, '<', timeOf(level)),
    because('not_in_order'),
    compare(wanted, '>', plus(level, 1)),
    because('step_missing'),
    next,
  );
}

/** … and in `any`, where only the window from the anchor on counts. */
const inAny = (shape: FunnelShape): Expression =>
  call(
    'multiIf',
    equal(level, 0),
    because('step_missing'),
    and(compare(at, '>', plus(start, window(shape))), compare(wanted, '>', level)),
    because('window_expired'),
    compare(wanted, '>', level),
    call('if', compare(at, '<', start), because('shorter_path'), because('step_missing')),
    compare(at, '>', plus(start, window(shape))),
    call('multiIf', ...otherStart()),
    compare(at, '<', start),
    because('shorter_path'),
    equal(at, timeOf(wanted)),
    because('tie'),
    because('repeated'),
  );

/** The queries up to `reasoned`, which adds `wanted` and `why_not`, null where the event was taken. */
export function funnelReason(shape: FunnelShape, own: readonly string[]): Select['with'] {
  const kept = [...eventColumns, ...own.map(itself), ...routes.map(itself), itself('step')];
  const inSteps = shape.definition.order === 'any' ? inAny(shape) : inOrder(shape);
  const whyNot = reasonOf(
    not(column('has_unit')),
    because('no_unit'),
    compare(column('step'), '>', 0),
    COUNTED,
    and(equal(column('mask'), 0), column('is_entry')),
    because('out_of_range'),
    and(equal(column('mask'), 0), column('is_known')),
    because('filtered'),
    equal(column('mask'), 0),
    because('other_event'),
    and(equal(wanted, 0), column('is_entry')),
    because('out_of_range'),
    equal(wanted, 0),
    because('exclusion'),
    inSteps,
  );
  return [
    {
      name: 'measured_events',
      is: select({
        columns: [
          ...kept,
          named('wanted', wantedStep(shape)),
          named('own_level', ownLevel),
          named('near_excluded', nearExcluded(shape)),
        ],
        from: from('stepped'),
      }),
    },
    {
      name: 'reasoned',
      is: select({ columns: [...kept, itself('wanted'), named('why_not', whyNot)], from: from('measured_events') }),
    },
  ];
}

/** The deepest path of the user's units, and why it goes no further. */
export function funnelVerdict(shape: FunnelShape): Pick<Explanation, 'verdict' | 'verdictFrom'> {
  const { definition, steps } = shape;
  const has = (reason: Reason, of: Expression): readonly Expression[] => [
    compare(call('countIf', and(call('ifNull', equal(column('why_not'), because(reason)), false), of)), '>', 0),
    because(reason),
  ];
  const reached = call('max', level);
  const isNext = equal(wanted, plus(level, 1));
  const figures = select({
    columns: [
      named('deepest', call('max', level)),
      named(
        'path_label',
        call('argMaxIf', column('label'), level, equal(call('toString', column('event_id')), column('first_event'))),
      ),
      named(
        'verdict_reason',
        call(
          'multiIf',
          equal(call('count'), 0),
          because('no_event'),
          equal(reached, steps),
          null,
          ...has('excluded', constant(true)),
          ...has('window_expired', isNext),
          ...has('not_consecutive', isNext),
          ...has('not_in_order', isNext),
          ...has('out_of_range', equal(level, 0)),
          ...has('filtered', equal(level, 0)),
          ...has('no_unit', equal(level, 0)),
          ...has('step_missing', equal(level, 0)),
          because('no_event'),
        ),
      ),
    ],
    from: from('reasoned'),
  });
  return {
    verdict: {
      level: call('toNullable', call('toUInt64', column('deepest'))),
      ...(definition.breakdown === undefined ? {} : { cell: column('path_label') }),
      reason: column('verdict_reason'),
    },
    verdictFrom: { queries: [{ name: 'figures', is: figures }], name: 'figures' },
  };
}
