import type { LinkModel } from '@grafana/data';
import type { Stage } from '../shared/use-stage.ts';
import { bucketLabel, fullBucketLabel } from '../shared/time.ts';
import type { Cell, Cohort, Retention } from './model.ts';
import type { RetentionOptions } from './options.ts';

/** A cohort that is shown, with its label. */
export interface Line {
  readonly cohort: Cohort;
  readonly label: string;
  readonly fullLabel: string;
  /** Too small for its rates to mean much. */
  readonly isSmall: boolean;
}

/** What every view of retention gets. */
export interface ViewProps {
  readonly retention: Retention;
  /** All cohorts together first, if they are shown. */
  readonly lines: readonly Line[];
  /** Positions of the periods that are shown. */
  readonly periods: readonly number[];
  readonly options: RetentionOptions;
  readonly stage: Stage;
  readonly color: string;
  readonly count: (value: number) => string;
  readonly linksOf: (cell: Cell | undefined) => LinkModel[];
  /** Pixels of the panel. */
  readonly width: number;
  readonly height: number;
}

const UNITS = { day: 'Day', week: 'Week', month: 'Month' } as const;

/** What a period is called: "Week 3", "Days 8–14". */
export function periodName({ unit, periods }: Retention, at: number): string {
  const label = periods[at]?.label ?? '';
  const name = unit === undefined ? 'Period' : UNITS[unit];
  return `${name}${label.includes('–') ? 's' : ''} ${label}`;
}

/** The cohorts that are shown, oldest first, after all together. */
export function linesOf(
  retention: Retention,
  options: Pick<RetentionOptions, 'leastSize' | 'showMean'>,
  timeZone: string,
): Line[] {
  const unit = retention.unit ?? 'day';
  const labelled = (cohort: Cohort): Line => ({
    cohort,
    label: typeof cohort.start === 'number' ? bucketLabel(cohort.start, unit, timeZone) : String(cohort.start),
    fullLabel: typeof cohort.start === 'number' ? fullBucketLabel(cohort.start, unit, timeZone) : String(cohort.start),
    isSmall: cohort.size < options.leastSize,
  });
  const { pooled } = retention;
  const mean: Line[] =
    pooled !== undefined && options.showMean
      ? [{ cohort: pooled, label: 'All', fullLabel: 'All cohorts', isSmall: pooled.size < options.leastSize }]
      : [];
  return [...mean, ...retention.cohorts.map(labelled)];
}
