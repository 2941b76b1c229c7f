/**
 * Runs: how many consecutive steps the events of one millisecond can serve. Most events have a millisecond for
 * themselves and serve the one step that they are; only units with ties take the long way, on arrays that are empty for
 * all others.
 *
 * `runs` has, at the first event of each millisecond, four bits per step: the last step that is taken there by a path
 * that takes that step there first, 0 where it cannot. `start_runs` has the same for a path that starts with this very
 * event as its first step.
 */
import {
  and,
  call,
  cast,
  column,
  compare,
  constant,
  equal,
  lambda,
  minus,
  not,
  plus,
  times,
  unequal,
} from '../tree/build.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { Expression } from '../tree/nodes.ts';
import { hasTies, isFirstOfMillisecond, mapOver } from './arrays.ts';
import { isStep, stepBit, type FunnelShape } from './marks.ts';

const BITS = 4;

/** The run of a path that takes `step` in a millisecond first. */
export const runFrom = (runs: Expression, step: Expression | number): Expression => {
  // A step of 0 means none, and is only asked for where the answer is thrown away: but the engine computes it, and refuses
  // to shift by less than nothing.
  const before = typeof step === 'number' ? step - 1 : call('greatest', minus(step, 1), 0);
  const shift = typeof before === 'number' ? BITS * before : times(before, BITS);
  return call('toUInt8', call('bitAnd', call('bitShiftRight', runs, shift), 2 ** BITS - 1));
};

const stepsOf = ({ steps }: FunnelShape): number[] => Array.from({ length: steps }, (_, index) => index + 1);

const pack = (shape: FunnelShape, run: (step: number) => Expression): Expression =>
  call('toUInt64', plus(...stepsOf(shape).map((step) => times(run(step), 2 ** (BITS * (step - 1))))));

const group = column('group');

/** The masks of each millisecond, in the order of identifiers; empty for units without ties. */
const TIED_GROUPS = 'tied_groups';
const tiedGroups = column(TIED_GROUPS);
const splitGroups = call(
  'if',
  column('has_ties'),
  call('arraySplit', lambda(['mask', 'is_first'], column('is_first')), column('mask'), isFirstOfMillisecond),
  call('arrayResize', call('array', column('mask')), 0),
);

/** What a run is computed from besides the group: the event that already is step 1, by its position in the group. */
interface Start {
  readonly position: Expression;
}

/**
 * Ordered: each step takes the unused event of the smallest identifier; the run ends at the first step without one.
 * @returns the last step taken; `entry` − 1 where there is none
 */
function greedyRun(shape: FunnelShape, entry: number, start?: Start): Expression {
  const [taken, step] = [column('taken'), column('step')];
  const isFree = and(
    call('bitTest', column('mask'), plus(step, stepBit(shape, 1) - 1)),
    not(call('has', taken, column('position'))),
  );
  const event = call('arrayFirstIndex', lambda(['mask', 'position'], isFree), group, call('arrayEnumerate', group));
  const before = start === undefined ? entry : entry - 1;
  const goesOn = and(equal(call('length', taken), minus(step, before)), unequal(event, 0));
  const none = call('arrayResize', call('arrayEnumerate', group), 0);
  const all = call(
    'arrayFold',
    lambda(['taken', 'step'], call('if', goesOn, call('arrayPushBack', taken, event), taken)),
    call('range', entry, shape.steps + 1),
    start === undefined ? none : call('array', start.position),
  );
  return plus(call('length', all), before - 1);
}

/**
 * Strict, where one event can be two steps: the longest run that distinct events can serve. By Hall's theorem they can
 * when every set of its steps has at least as many events that are one of them. A longer run never fits where a shorter
 * one does not.
 */
function matchedRun(shape: FunnelShape, entry: number, start?: Start): Expression {
  const isOneOf = unequal(call('bitAnd', column('mask'), column('set')), 0);
  const events = call(
    'arrayCount',
    lambda(
      ['mask', 'position'],
      start === undefined ? isOneOf : and(isOneOf, unequal(column('position'), start.position)),
    ),
    group,
    call('arrayEnumerate', group),
  );
  const size = call('toUInt8', minus(column('last'), entry - 1));
  const sets = call(
    'arrayMap',
    lambda(['set'], times(column('set'), 2 ** stepBit(shape, entry))),
    call('range', 1, call('bitShiftLeft', cast(1, 'UInt32'), size)),
  );
  const fits = call('arrayAll', lambda(['set'], compare(events, '>=', call('bitCount', column('set')))), sets);
  const beyond = call('arrayFirstIndex', lambda(['last'], not(fits)), call('range', entry, shape.steps + 1));
  return call('if', equal(beyond, 0), shape.steps, plus(beyond, entry - 2));
}

/** Strict, where no event is two steps: consecutive steps that the millisecond has an event for. */
function consecutiveRun(shape: FunnelShape, entry: number): Expression {
  const any = call(
    'arrayFold',
    lambda(['all', 'mask'], call('bitOr', column('all'), column('mask'))),
    group,
    cast(0, 'UInt16'),
  );
  const cases = stepsOf(shape)
    .filter((step) => step >= entry)
    .flatMap((step) => [not(isStep(shape, any, step)), constant(step - 1)]);
  return call('multiIf', ...cases, shape.steps);
}

function runIn(shape: FunnelShape, entry: number, start?: Start): Expression {
  if (shape.definition.order === 'ordered') return greedyRun(shape, entry, start);
  return shape.overlapping ? matchedRun(shape, entry, start) : consecutiveRun(shape, entry);
}

/** The run of a path that takes `entry` first, 0 where it is not there. */
const entryRun = (shape: FunnelShape, entry: number): Expression => {
  const run = runIn(shape, entry);
  return call('if', compare(run, '<', entry), 0, run);
};

function tiedRuns(shape: FunnelShape): Expression {
  const first = pack(shape, (step) => entryRun(shape, step));
  const others = call('arrayWithConstant', minus(call('length', group), 1), cast(0, 'UInt64'));
  return call('arrayFlatten', call('arrayMap', lambda(['group'], call('arrayPushFront', others, first)), tiedGroups));
}

function tiedStartRuns(shape: FunnelShape): Expression {
  const ofEvent = (run: Expression): Expression =>
    call('toUInt8', call('if', isStep(shape, column('mask'), 1), run, 0));
  if (shape.overlapping) {
    const run = runIn(shape, 2, { position: column('own_position') });
    const each = lambda(['mask', 'own_position'], ofEvent(run));
    const ofGroup = call('arrayMap', each, group, call('arrayEnumerate', group));
    return call('arrayFlatten', call('arrayMap', lambda(['group'], ofGroup), tiedGroups));
  }
  // The run is the same for every start of the millisecond: it is computed once and laid beside the events.
  const run = call('arrayWithConstant', call('length', group), runIn(shape, 1));
  const ofGroup = call('arrayMap', lambda(['mask', 'run'], ofEvent(column('run'))), group, run);
  return call('arrayFlatten', call('arrayMap', lambda(['group'], ofGroup), tiedGroups));
}

/** The stages that add the arrays `runs` and `start_runs`. */
export function runStages(shape: FunnelShape): readonly Stage[] {
  const mask = column('mask');
  const alone = pack(shape, (step) => call('if', isStep(shape, mask, step), step, 0));
  const startsAlone = call('toUInt8', call('if', isStep(shape, mask, 1), 1, 0));
  const where = (tied: Expression, single: Expression): Expression => call('if', column('has_ties'), tied, single);
  return [
    stage('has_ties', hasTies),
    stage(TIED_GROUPS, splitGroups),
    stage('runs', where(tiedRuns(shape), mapOver({ mask }, alone))),
    stage('start_runs', where(tiedStartRuns(shape), mapOver({ mask }, startsAlone))),
  ];
}
