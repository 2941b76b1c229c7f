/**
 * `any`: level k when the steps 1 … k all lie in one window that begins at the earliest of their events. Every event may
 * be that earliest one. From it each step takes, in the order of the steps, the earliest event that the steps before it
 * have not taken.
 */
import { allOf } from '../parts/events.ts';
import { and, call, column, compare, equal, or, unequal } from '../tree/build.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { Expression } from '../tree/nodes.ts';
import { element, isFirstOfMillisecond, mapNamed, NEVER, next, nextWhere } from './arrays.ts';
import { isStep, windowEnd, type FunnelShape } from './marks.ts';
import { mayShare } from './overlap.ts';

const stepsOf = ({ steps }: FunnelShape): number[] => Array.from({ length: steps }, (_, index) => index + 1);

/** The steps before `step` that could take an event of it. */
function rivals({ definition }: FunnelShape, step: number): readonly number[] {
  const own = definition.steps[step - 1];
  return definition.steps
    .slice(0, step - 1)
    .flatMap((other, index) => (own !== undefined && mayShare(own, other) ? [index + 1] : []));
}

const candidateName = (step: number, rank: number): string => `step_${String(step)}_event_${String(rank)}`;
const takenName = (step: number): string => `taken_${String(step)}`;

/** An event as (time, position). */
const never = call('tuple', NEVER, NEVER);

/** Per event: the first, second … event from there on that is a step, as many as its rivals could take, and one. */
function candidateStages(shape: FunnelShape): readonly Stage[] {
  const mask = column('mask');
  const event = call('tuple', column('at'), call('toInt64', column('position')));
  return stepsOf(shape).flatMap((step) =>
    Array.from({ length: rivals(shape, step).length + 1 }, (_, index) => {
      const rank = index + 1;
      const name = candidateName(step, rank);
      const isOne = isStep(shape, mask, step);
      if (rank === 1)
        return stage(
          name,
          nextWhere({ at: column('at'), mask, position: call('arrayEnumerate', column('at')) }, isOne, event, never),
        );
      const behind = next(column(candidateName(step, index)), never);
      return stage(name, nextWhere({ at: column('at'), mask, behind }, isOne, column('behind'), never));
    }),
  );
}

/** The event that a step takes: the first that none of its rivals has taken. */
function takenStage(shape: FunnelShape, step: number): Stage {
  const others = rivals(shape, step);
  const candidates = Array.from({ length: others.length + 1 }, (_, index) => candidateName(step, index + 1));
  const isFree = (candidate: string): Expression =>
    and(...others.map((other) => unequal(element(column(candidate), 2), element(column(takenName(other)), 2))));
  const cases = candidates.slice(0, -1).flatMap((candidate) => [isFree(candidate), column(candidate)]);
  const last = column(candidates.at(-1) ?? '');
  const body = cases.length === 0 ? last : call('multiIf', ...cases, last);
  return stage(takenName(step), mapNamed([...candidates, ...others.map(takenName)], body));
}

/** Level, anchor, times of the steps 2 …, position of the path's first event. */
function candidates(shape: FunnelShape): Stage {
  const steps = stepsOf(shape);
  const taken = (step: number): Expression => column(takenName(step));
  const timeOf = (step: number): Expression => element(taken(step), 1);
  const end = windowEnd(shape);
  const level = call('multiIf', ...steps.flatMap((step) => [compare(timeOf(step), '>', end), step - 1]), shape.steps);
  const isReached = (step: number): Expression =>
    and(...steps.slice(0, step).map((one) => compare(timeOf(one), '<=', end)));
  const begins = or(...steps.map((step) => and(equal(timeOf(step), column('at')), isReached(step))));
  const positions = steps.map((step) => call('if', isReached(step), element(taken(step), 2), NEVER));
  const counts = allOf(begins, column('is_first'));
  const path = call(
    'tuple',
    call('toUInt8', call('if', counts ?? true, level, 0)),
    column('at'),
    ...steps.slice(1).map(timeOf),
    call('arrayMin', call('array', ...positions)),
  );
  return stage('candidates', mapNamed(['at', 'is_first', ...steps.map(takenName)], path));
}

/** The stages that lead from the arrays of a unit to its candidates. */
export const anyStages = (shape: FunnelShape): readonly Stage[] => [
  stage('is_first', isFirstOfMillisecond),
  ...candidateStages(shape),
  ...stepsOf(shape).map((step) => takenStage(shape, step)),
  candidates(shape),
];
