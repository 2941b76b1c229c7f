/**
 * Reads the events of each unit into arrays, in the order of time: `at` (milliseconds) and `mask` (which exclusions and
 * steps an event is). Everything after works on these arrays alone, so that the stored events are read once.
 */
import { allOf, eventsOf, isInRange, isSelected, milliseconds } from '../parts/events.ts';
import { breakdownText, propertyForms } from '../parts/properties.ts';
import { millisecondsValue, timeValue } from '../parts/values.ts';
import {
  call,
  column,
  compare,
  from,
  isIn,
  itself,
  lambda,
  named,
  plus,
  select,
  times,
  unequal,
  value,
} from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { mayOverlap } from './overlap.ts';
import type { FunnelDefinition } from './schema.ts';

/** What the compilers of the three orders know of the funnel. */
export interface FunnelShape {
  readonly definition: FunnelDefinition;
  readonly steps: number;
  /** One event can be two steps: paths must not take it twice, and events of one millisecond have to be told apart. */
  readonly overlapping: boolean;
  readonly labelled: boolean;
  /** Where only some units are asked for: which events are theirs. Their units then carry their keys. */
  readonly within?: Expression;
}

export const shapeOf = (definition: FunnelDefinition): FunnelShape => ({
  definition,
  steps: definition.steps.length,
  overlapping: mayOverlap(definition.steps),
  labelled: definition.breakdown !== undefined,
});

/** Bits of the mask: the exclusions first, then the steps, so that sorting by it puts a later step behind. */
export const exclusionBit = (index: number): number => index;
export const stepBit = ({ definition }: FunnelShape, step: number): number => definition.exclusions.length + step - 1;
const bitsOf = (shape: FunnelShape): number => shape.definition.exclusions.length + shape.steps;

const windowMilliseconds = ({ window_seconds: seconds }: FunnelDefinition): number => Math.round(seconds * 1000);

/** The last millisecond of the window of a path that starts at `at`. */
export const windowEnd = ({ definition }: FunnelShape): Expression =>
  plus(column('at'), millisecondsValue('window_milliseconds', definition.window_seconds));

const shifted = (instant: string, by: number): string => new Date(Date.parse(instant) + by).toISOString();

/** The events that any path could need: a window past `to`, and in `any` order a window before `from`. */
function isNear({ definition }: FunnelShape): Expression | undefined {
  const { from: first, to, order } = definition;
  const span = windowMilliseconds(definition);
  const earliest = first === undefined ? undefined : shifted(first, order === 'any' ? -span : 0);
  const latest = to === undefined ? undefined : shifted(to, span);
  return allOf(
    earliest === undefined ? undefined : compare(column('timestamp'), '>=', timeValue('read_from', earliest)),
    latest === undefined ? undefined : compare(column('timestamp'), '<', timeValue('read_to', latest)),
  );
}

/** Which exclusions and steps an event is, as bits. */
export function maskOf({ definition }: FunnelShape): Expression {
  const { exclusions, steps } = definition;
  // The entry, and it alone, lies in [from, to).
  const matches = [
    ...exclusions.map(isSelected),
    ...steps.map((step, index) =>
      index === 0 ? (allOf(isInRange(definition), isSelected(step)) ?? true) : isSelected(step),
    ),
  ];
  const bits = matches.map((match, bit) => call('if', match, 2 ** bit, 0));
  return call('toUInt16', bits.length === 1 ? (bits[0] ?? 0) : plus(...bits));
}

/** What tells units apart, and which events have one. */
export function unitColumns({ unit }: FunnelDefinition): { columns: readonly Named[]; exists: Expression | undefined } {
  if (unit === 'user') return { columns: [itself('user_id')], exists: undefined };
  if (unit === 'session')
    return { columns: [itself('user_id'), itself('session_id')], exists: call('isNotNull', column('session_id')) };
  const { text, nullable } = propertyForms(unit.property);
  return { columns: [named('unit', text)], exists: nullable ? call('isNotNull', text) : undefined };
}

/** One row per event that matters. In strict order every event matters: it may stand between two steps. */
function marks(shape: FunnelShape): Select {
  const { definition } = shape;
  const { columns, exists } = unitColumns(definition);
  const names = [...new Set([...definition.exclusions, ...definition.steps].map((item) => item.event))];
  return eventsOf(definition, {
    columns: [
      ...columns,
      named('at', milliseconds),
      named('mask', maskOf(shape)),
      ...(shape.overlapping || shape.labelled ? [named('id', call('UUIDToNum', column('event_id')))] : []),
      ...(definition.breakdown === undefined ? [] : [named('label', breakdownText(definition.breakdown))]),
    ],
    where: allOf(
      definition.order === 'strict' ? undefined : isIn(column('event_type'), value('events', 'Array(String)', names)),
      isNear(shape),
      exists,
      shape.within,
    ),
  });
}

const bitIsSet = (mask: Expression, bit: number): Expression => call('bitTest', mask, bit);

/** Whether an event of a mask is a step. */
export const isStep = (shape: FunnelShape, mask: Expression, step: number): Expression =>
  bitIsSet(mask, stepBit(shape, step));
export const isExclusion = (mask: Expression, index: number): Expression => bitIsSet(mask, exclusionBit(index));

/** Whether an event can be the first of a path. */
const canBegin = (shape: FunnelShape): Expression =>
  shape.definition.order === 'any' ? unequal(column('mask'), 0) : isStep(shape, column('mask'), 1);

/**
 * The events of a unit as one sorted array. Where no event can be two steps, a time and a mask in one number are
 * enough: within a millisecond a later step sorts behind an earlier one, which is what "same millisecond counts as in
 * order" needs. Otherwise events of one millisecond are told apart by their identifiers.
 */
function events(shape: FunnelShape): readonly Named[] {
  const [at, mask, id, label] = ['at', 'mask', 'id', 'label'].map((name) => column(name)) as [
    Expression,
    Expression,
    Expression,
    Expression,
  ];
  if (shape.overlapping) {
    const event = call('tuple', at, id, mask, ...(shape.labelled ? [label] : []));
    return [named('events', call('arraySort', call('groupArray', event)))];
  }
  const packed = call('arraySort', call('groupArray', plus(times(at, 2 ** bitsOf(shape)), mask)));
  const labels = call('groupArrayIf', call('tuple', at, id, mask, label), canBegin(shape));
  return [named('events', packed), ...(shape.labelled ? [named('labels', labels)] : [])];
}

/** The columns that `units` carries to tell them apart, where that is asked for. */
const keysOf = ({ within, definition }: FunnelShape): string[] =>
  within === undefined ? [] : unitColumns(definition).columns.map((item) => item.as);

/** The queries `marks` and `units`; `units` has one row per unit with at least one event that can begin a path. */
export function unitQueries(shape: FunnelShape): Select['with'] {
  const unit = unitColumns(shape.definition).columns.map((item) => column(item.as));
  const mask = column('mask');
  const units = select({
    columns: [...keysOf(shape).map(itself), ...events(shape)],
    from: from('marks'),
    where: shape.definition.order === 'strict' ? undefined : unequal(mask, 0),
    groupBy: unit,
    having: unequal(call('countIf', isStep(shape, mask, 1)), 0),
  });
  return [
    { name: 'marks', is: marks(shape) },
    { name: 'units', is: units },
  ];
}

/** The columns of `units`. */
export const unitColumnNames = (shape: FunnelShape): string[] => [
  ...keysOf(shape),
  ...events(shape).map((item) => item.as),
];

/** The arrays `at` and `mask` (and `label`, where events carry it) out of `units`. */
export function arrayColumns(shape: FunnelShape): readonly Named[] {
  const all = column('events');
  const element = (index: number): Expression => call('tupleElement', all, index);
  if (shape.overlapping)
    return [
      named('at', element(1)),
      named('mask', element(3)),
      ...(shape.labelled ? [named('labels', element(4))] : []),
    ];
  const each = (body: Expression): Expression => call('arrayMap', lambda(['event'], body), all);
  return [
    named('at', each(call('bitShiftRight', column('event'), bitsOf(shape)))),
    named('mask', each(call('toUInt16', call('bitAnd', column('event'), 2 ** bitsOf(shape) - 1)))),
  ];
}
