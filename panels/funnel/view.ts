import type { Funnel, FunnelSeries, FunnelStep } from './model.ts';
import type { FunnelOptions } from './options.ts';
import type { Stage } from './use-stage.ts';
import type { CountText } from './words.ts';

/** What every view of a funnel gets. */
export interface ViewProps {
  readonly funnel: Funnel;
  /** The series that are shown, and their colors. */
  readonly series: readonly FunnelSeries[];
  readonly colors: readonly string[];
  readonly options: FunnelOptions;
  readonly stage: Stage;
  readonly count: CountText;
  /** A step as a sentence. */
  readonly words: (step: FunnelStep, series: FunnelSeries) => string;
  /** Pixels of the panel. */
  readonly width: number;
  readonly height: number;
}
