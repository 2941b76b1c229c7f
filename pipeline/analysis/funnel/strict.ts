/**
 * `strict`: no other event of the unit lies strictly between two steps in time, so a path of K steps spans at most K
 * consecutive milliseconds that the unit has events in. The path may take several steps in one millisecond (`runs`) or
 * go on in the next one, and of all such paths the deepest counts: for each start a search over at most K milliseconds,
 * with sets of steps as bits.
 */
import { allOf } from '../parts/events.ts';
import { and, call, column, compare, equal, lambda, minus, named, or, plus, unequal } from '../tree/build.ts';
import { stage, type Stage } from '../parts/stages.ts';
import type { Expression, Named } from '../tree/nodes.ts';
import { element, isLastOfMillisecond, mapNamed, NEVER, next, nextWhere } from './arrays.ts';
import { gapStages, gapName } from './gaps.ts';
import { runStages, runFrom } from './groups.ts';
import { windowEnd, type FunnelShape } from './marks.ts';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** The milliseconds ahead of a start, by their distance: (time, runs, first exclusion after it …). */
const aheadName = (distance: number): string => `ahead_${String(distance)}`;
const ahead = (distance: number): Expression => column(aheadName(distance));
const timeAt = (distance: number): Expression => (distance === 0 ? column('at') : element(ahead(distance), 1));
const runsAt = (distance: number): Expression => element(ahead(distance), 2);
const gapAt = (distance: number, exclusion: number): Expression =>
  distance === 0 ? column(gapName(exclusion)) : element(ahead(distance), 3 + exclusion);

/** The run at a distance of a path that takes `step` there first. */
const runAt = (distance: number, step: Expression | number): Expression =>
  distance === 0 ? column('start_run') : runFrom(runsAt(distance), step);

/** The steps `step` + 1 … `run` + 1 as bits: those that may come first in the next millisecond. */
const following = (step: Expression | number, run: Expression): Expression =>
  call(
    'toUInt16',
    minus(
      call('bitShiftLeft', call('toUInt32', 1), plus(run, 1)),
      call('bitShiftLeft', call('toUInt32', 1), call('toUInt8', step)),
    ),
  );

const hasStep = (set: Expression, step: number): Expression => call('bitTest', set, step - 1);

/** The largest step of a set, 0 for the empty set. */
const largest = (set: Expression, steps: number): Expression =>
  call(
    'multiIf',
    ...upTo(steps)
      .reverse()
      .flatMap((step) => [compare(set, '>=', 2 ** (step - 1)), step] as const),
    0,
  );

const entriesName = (distance: number): string => `entries_${String(distance)}`;
const entries = (distance: number): Expression => column(entriesName(distance));
const usefulName = (distance: number): string => `useful_${String(distance)}`;
const firstName = (distance: number): string => `first_${String(distance)}`;

/** The steps that some path from the start takes first in the millisecond at a distance. */
function entriesAt(shape: FunnelShape, distance: number): Expression {
  const { steps } = shape;
  const reached =
    distance === 1
      ? following(1, runAt(0, 1))
      : upTo(steps)
          .map((step) =>
            call('if', hasStep(entries(distance - 1), step), following(step, runAt(distance - 1, step)), 0),
          )
          .reduce<Expression>((all, one) => call('bitOr', all, one), call('toUInt16', 0));
  const present = plus(...upTo(steps).map((step) => call('if', unequal(runAt(distance, step), 0), 2 ** (step - 1), 0)));
  const inWindow = compare(timeAt(distance), '<=', windowEnd(shape));
  return call('toUInt16', call('if', inWindow, call('bitAnd', reached, call('toUInt16', present)), 0));
}

function levelOf({ steps }: FunnelShape): Expression {
  const runs = upTo(steps - 1).flatMap((distance) =>
    upTo(steps).map((step) => call('if', hasStep(entries(distance), step), runAt(distance, step), 0)),
  );
  return call('arrayMax', call('array', column('start_run'), ...runs));
}

/** Those of the entries at a distance from which the level is reached. */
function usefulAt({ steps }: FunnelShape, distance: number): Expression {
  const isUseful = (step: number): Expression => {
    const run = runAt(distance, step);
    const ends = equal(run, column('level'));
    if (distance === steps - 1) return ends;
    return or(ends, unequal(call('bitAnd', following(step, run), column(usefulName(distance + 1))), 0));
  };
  const bits = upTo(steps).map((step) =>
    call('if', and(hasStep(entries(distance), step), isUseful(step)), 2 ** (step - 1), 0),
  );
  return call('toUInt16', plus(...bits));
}

/** The step that the path takes first at a distance, 0 where it has ended: as many steps as can be are taken before. */
function firstAt({ steps }: FunnelShape, distance: number): Expression {
  const before = distance === 1 ? 1 : column(firstName(distance - 1));
  const run = runAt(distance - 1, before);
  const goesOn =
    distance === 1 ? unequal(run, column('level')) : and(unequal(before, 0), unequal(run, column('level')));
  const candidates = call('bitAnd', following(before, run), column(usefulName(distance)));
  return call('toUInt8', call('if', goesOn, largest(candidates, steps), 0));
}

/** What `of` says of the millisecond in which the path takes a step. */
function whereTaken({ steps }: FunnelShape, step: number, of: (distance: number) => Expression): Expression {
  const cases = upTo(Math.min(steps - 1, step - 1))
    .reverse()
    .flatMap((distance) => {
      const first = column(firstName(distance));
      return [and(unequal(first, 0), compare(first, '<=', step)), of(distance)];
    });
  return cases.length === 0 ? of(0) : call('multiIf', ...cases, of(0));
}

/** The search as stages of arrays with one element per start. */
function searchStages(shape: FunnelShape, given: readonly string[]): readonly Stage[] {
  const { steps, definition } = shape;
  const distances = upTo(steps - 1);
  const found: string[] = [...given];
  const search = (name: string, body: Expression): Stage => {
    const next = stage(name, mapNamed(found, body));
    found.push(name);
    return next;
  };
  const timeOf = (step: number): Expression => whereTaken(shape, step, timeAt);
  const excluded = definition.exclusions.map(({ after_step: after, before_step: before }, exclusion) =>
    and(
      compare(column('level'), '>=', before),
      compare(
        whereTaken(shape, after, (distance) => gapAt(distance, exclusion)),
        '<',
        timeOf(before),
      ),
    ),
  );
  const counts = allOf(...excluded.map((test) => call('not', test)));
  const level = counts === undefined ? column('level') : call('if', counts, column('level'), 0);
  const later = upTo(steps).slice(1);
  return [
    ...distances.map((distance) => search(entriesName(distance), entriesAt(shape, distance))),
    search('level', levelOf(shape)),
    ...distances.toReversed().map((distance) => search(usefulName(distance), usefulAt(shape, distance))),
    ...distances.map((distance) => search(firstName(distance), firstAt(shape, distance))),
    search('candidates', call('tuple', call('toUInt8', level), column('at'), ...later.map(timeOf))),
  ];
}

/** Per event the milliseconds ahead of its own, one after the other. */
function aheadStages({ steps }: FunnelShape, gaps: readonly string[]): readonly Stage[] {
  const own = call('arrayZip', ...['at', 'runs', ...gaps].map((name) => column(name)));
  const never = call('tuple', NEVER, call('toUInt64', 0), ...gaps.map(() => NEVER));
  return upTo(steps - 1).map((distance) => {
    const behind = next(distance === 1 ? own : ahead(distance - 1), never);
    const arrays = { at: column('at'), is_last: column('is_last'), behind };
    return stage(aheadName(distance), nextWhere(arrays, column('is_last'), column('behind'), never));
  });
}

/** The stages that lead from the arrays of a unit to its candidates. */
export function strictStages(shape: FunnelShape): readonly Stage[] {
  const { definition, steps, labelled, overlapping } = shape;
  const gaps = definition.exclusions.map((_, index) => gapName(index));
  const ofStarts = ['at', ...gaps, ...upTo(steps - 1).map(aheadName)];
  const isStart = lambda(['item', 'start_run'], unequal(column('start_run'), 0));
  const startsOnly = (name: string): Named =>
    named(name, call('arrayFilter', isStart, column(name), column('start_runs')));
  const starts = [
    ...ofStarts.map(startsOnly),
    named('start_run', call('arrayFilter', isStart, column('start_runs'), column('start_runs'))),
    ...(labelled && overlapping ? [startsOnly('labels')] : []),
  ];
  return [
    ...gapStages(shape),
    ...runStages(shape),
    stage('is_last', isLastOfMillisecond),
    ...aheadStages(shape, gaps),
    { name: 'starts', columns: starts },
    ...searchStages(shape, [...ofStarts, 'start_run']),
  ];
}
