/**
 * `ordered`: from a start each next step is the earliest matching event at or after the step before.
 *
 * The path from a start is a chain of "the next event that is step k", and chains are built from behind: at an event
 * that is step k, the chain of step k is its own time followed by the chain of step k + 1 of the events after it; any
 * other event hands on the chain of the event after it. That is one pass over the array per step, whatever the number
 * of starts. Times along a chain never fall, so the window only cuts chains, it never changes them.
 *
 * Where one event can be two steps, an event of a millisecond that serves a step may leave further steps to other
 * events of the same millisecond: groups.ts says how many, and the chain goes on behind the millisecond.
 */
import { allOf } from '../parts/events.ts';
import { and, call, column, compare, plus, unequal } from '../tree/build.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { Expression } from '../tree/nodes.ts';
import { element, mapOver, NEVER, next, nextWhere } from './arrays.ts';
import { gapStages, gapName } from './gaps.ts';
import { runStages, runFrom } from './groups.ts';
import { isStep, windowEnd, type FunnelShape } from './marks.ts';

/** What a chain carries: the time of a step, or of the first exclusion event after one. */
type Part = { readonly step: number } | { readonly exclusion: number };

function partsOf({ definition, steps }: FunnelShape, step: number): readonly Part[] {
  const later = Array.from({ length: steps - step + 1 }, (_, index) => ({ step: step + index }));
  const exclusions = definition.exclusions.flatMap((item, index) =>
    item.after_step >= step ? [{ exclusion: index }] : [],
  );
  return [...later, ...exclusions];
}

const positionIn = (parts: readonly Part[], part: Part): number =>
  parts.findIndex((item) => JSON.stringify(item) === JSON.stringify(part)) + 1;

const chainName = (step: number): string => `chain_${String(step)}`;

/** The step whose time a part depends on: until it is taken, the part is that of the chain behind. */
const anchorOf = ({ definition }: FunnelShape, part: Part): number =>
  'step' in part ? part.step : (definition.exclusions[part.exclusion]?.after_step ?? 1);

const ownValue = (part: Part): Expression => ('step' in part ? column('at') : column(gapName(part.exclusion)));

/**
 * A part of the path that takes the steps `entry` … `run` in this millisecond and goes on behind it.
 * @param run the last step taken here; undefined where it is always `entry` itself
 */
function partFrom(shape: FunnelShape, entry: number, part: Part, run: Expression | undefined): Expression {
  const anchor = anchorOf(shape, part);
  const behind = (step: number): Expression => element(column(chainName(step)), positionIn(partsOf(shape, step), part));
  if (run === undefined) return anchor === entry ? ownValue(part) : behind(entry + 1);
  const cases: Expression[] = [];
  for (let last = entry; last < anchor; last++) cases.push(compare(run, '<=', last), behind(last + 1));
  return cases.length === 0 ? ownValue(part) : call('multiIf', ...cases, ownValue(part));
}

/** The arrays that the lambdas of a chain or of the paths are written in. */
function inputs(shape: FunnelShape, entry: number): Record<string, Expression> {
  const { definition, steps, overlapping } = shape;
  const arrays: Record<string, Expression> = { at: column('at'), mask: column('mask') };
  if (overlapping) {
    arrays.runs = column('runs');
    if (entry === 1) arrays.start_run = column('start_runs');
  }
  definition.exclusions.forEach((item, index) => {
    if (item.after_step >= entry) arrays[gapName(index)] = column(gapName(index));
  });
  const last = overlapping ? steps : Math.min(entry + 1, steps);
  for (let step = entry + 1; step <= last; step++) {
    const never = call('tuple', ...partsOf(shape, step).map(() => NEVER));
    arrays[chainName(step)] = next(column(chainName(step)), never);
  }
  return arrays;
}

function chain(shape: FunnelShape, step: number): Stage {
  const run = shape.overlapping ? runFrom(column('runs'), step) : undefined;
  const parts = partsOf(shape, step);
  const holds = run === undefined ? isStep(shape, column('mask'), step) : unequal(run, 0);
  const of = call('tuple', ...parts.map((part) => partFrom(shape, step, part, run)));
  return stage(chainName(step), nextWhere(inputs(shape, step), holds, of, call('tuple', ...parts.map(() => NEVER))));
}

/** Level and times of the path of each event that may start one; level 0 where there is none. */
function candidates(shape: FunnelShape): Stage {
  const { definition, steps, overlapping } = shape;
  const run = overlapping ? column('start_run') : undefined;
  const timeOf = (step: number): Expression => partFrom(shape, 1, { step }, run);
  const end = windowEnd(shape);
  const later = Array.from({ length: steps - 1 }, (_, index) => index + 2);
  const level = plus(1, ...later.map((step) => compare(timeOf(step), '<=', end)));
  const excluded = definition.exclusions.map((item, exclusion) =>
    and(
      compare(timeOf(item.before_step), '<=', end),
      compare(partFrom(shape, 1, { exclusion }, run), '<', timeOf(item.before_step)),
    ),
  );
  const starts = allOf(
    run === undefined ? isStep(shape, column('mask'), 1) : unequal(run, 0),
    ...excluded.map((test) => call('not', test)),
  );
  const path = call('tuple', call('toUInt8', call('if', starts ?? true, level, 0)), column('at'), ...later.map(timeOf));
  return stage('candidates', mapOver(inputs(shape, 1), path));
}

/** The stages that lead from the arrays of a unit to its candidates. */
export const orderedStages = (shape: FunnelShape): readonly Stage[] => [
  ...gapStages(shape),
  ...(shape.overlapping ? runStages(shape) : []),
  ...Array.from({ length: shape.steps - 1 }, (_, index) => chain(shape, shape.steps - index)),
  candidates(shape),
];
