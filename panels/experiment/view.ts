import type { Estimate, Comparison, Experiment, Metric } from './model.ts';
import type { ExperimentOptions } from './options.ts';
import type { Stage } from '../shared/use-stage.ts';

/** A line of the panel: one variant in one metric. */
export interface Line {
  readonly metric: Metric;
  readonly comparison: Comparison;
  /** The lift that is drawn: adjusted by CUPED, or as it is. */
  readonly lift: Estimate;
  readonly p: number | null;
}

/** What every view of an experiment gets. */
export interface ViewProps {
  readonly experiment: Experiment;
  readonly lines: readonly Line[];
  readonly options: ExperimentOptions;
  readonly stage: Stage;
  /** A value of a metric as text. */
  readonly value: (of: number | null, metric: Metric) => string;
  /** Pixels of the panel. */
  readonly width: number;
  readonly height: number;
}

/** The lines in the order in which they are shown: what is decided on first, then the guardrails. */
export function linesOf({ metrics }: Experiment, isCuped: boolean): Line[] {
  const ordered = [
    ...metrics.filter(({ isGuardrail }) => !isGuardrail),
    ...metrics.filter(({ isGuardrail }) => isGuardrail),
  ];
  return ordered.flatMap((metric) =>
    metric.comparisons.map((comparison): Line => {
      const cuped = isCuped ? comparison.cuped : undefined;
      return {
        metric,
        comparison,
        lift: cuped?.lift ?? comparison.lift,
        p: cuped === undefined ? comparison.p.value : cuped.p,
      };
    }),
  );
}
