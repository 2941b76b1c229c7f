import { stage, type Stage } from '../parts/stages.ts';
import { column } from '../tree/build.ts';
import { isLastOfMillisecond, NEVER, next, nextWhere } from './arrays.ts';
import { isExclusion, type FunnelShape } from './marks.ts';

export const gapName = (exclusion: number): string => `excluded_${String(exclusion + 1)}`;

/** Per exclusion and event: the time of the first exclusion event strictly after the event's millisecond. */
export function gapStages({ definition }: FunnelShape): readonly Stage[] {
  const mask = column('mask');
  return definition.exclusions.flatMap((_, index) => {
    const name = `from_${gapName(index)}`;
    const behind = { at: column('at'), is_last: isLastOfMillisecond, following: next(column(name), NEVER) };
    return [
      stage(name, nextWhere({ at: column('at'), mask }, isExclusion(mask, index), column('at'), NEVER)),
      stage(gapName(index), nextWhere(behind, column('is_last'), column('following'), NEVER)),
    ];
  });
}
