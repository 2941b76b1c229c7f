import type { DataFrame, Field } from '@grafana/data';
import { fieldNamed, numberAt, textAt } from '../shared/fields.ts';
import { frameWith, metaOf } from '../shared/frame-meta.ts';
import type { Unreadable } from '../shared/unread.tsx';

/** An estimate and its interval; null where there is none. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const DECISIONS = ['no data', 'broken split', 'stop', 'ship', 'keep running'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One variant against the control, in one metric. */
export interface Comparison {
  readonly variant: string;
  readonly users: { readonly control: number | null; readonly variant: number | null };
  readonly values: { readonly control: number | null; readonly variant: number | null };
  /** Relative to the control: 0.1 is 10 % more. */
  readonly lift: Estimate;
  readonly difference: Estimate;
  /** Interval of the lift that holds at every look. */
  readonly sequentialLift: Omit<Estimate, 'value'>;
  readonly sequentialDifference: Omit<Estimate, 'value'>;
  readonly p: {
    readonly value: number | null;
    readonly holm: number | null;
    readonly benjaminiHochberg: number | null;
    readonly sequential: number | null;
  };
  /** With the variance that users' earlier behaviour explains taken out; undefined where it was not computed. */
  readonly cuped: Cuped | undefined;
  readonly chance: number | null;
  readonly lossVariant: number | null;
  readonly lossControl: number | null;
  /** Users that each variant needs. */
  readonly required: number | null;
  readonly decision: Decision | undefined;
  readonly row: number;
}

export interface Cuped {
  readonly difference: Estimate;
  /** The difference relative to the control's value. */
  readonly lift: Estimate;
  readonly p: number | null;
  readonly varianceReduction: number | null;
}

export interface Metric {
  readonly name: string;
  readonly kind: 'conversion' | 'mean' | 'ratio' | 'quantile' | undefined;
  readonly goal: 'increase' | 'decrease';
  readonly isGuardrail: boolean;
  /** Relative effect that the sample size is planned for. */
  readonly minimumEffect: number | undefined;
  readonly comparisons: readonly Comparison[];
}

/** Whether users fell into the variants as planned. */
export interface Split {
  readonly isBroken: boolean;
  readonly pValue: number | null;
}

export interface Experiment {
  readonly name: string | undefined;
  readonly control: string;
  readonly variants: readonly string[];
  readonly metrics: readonly Metric[];
  readonly split: Split;
  readonly users: { readonly exposed: number | null; readonly excluded: number; readonly incomplete: number };
  readonly confidence: number;
  readonly frame: DataFrame;
  /** Its unit and links are those of the values. */
  readonly valueField: Field;
  readonly isTruncated: boolean;
}

export type ExperimentReading = { readonly kind: 'experiment'; readonly experiment: Experiment } | Unreadable;

interface MetricDefinition {
  name?: string;
  type?: Metric['kind'];
  goal?: Metric['goal'];
  guardrail?: boolean;
  minimum_effect?: number;
}

interface StoredDefinition {
  experiment: string;
  control: string;
  minimum_effect: number;
  metrics: MetricDefinition[];
}

const NEEDED = ['metric', 'variant', 'value_control', 'value_variant'];
/** Of the analysis, where neither a metric nor the experiment names one. */
const MINIMUM_EFFECT = 0.05;

/** Reads the frame that the analysis of experiments returns; README.md has its fields. */
export function readExperiment(frames: readonly DataFrame[]): ExperimentReading {
  const withFields = frames.filter((frame) => frame.fields.length > 0);
  if (withFields.length === 0) return { kind: 'empty' };
  const frame = frameWith(withFields, NEEDED);
  const valueField = frame && fieldNamed(frame, 'value_variant');
  if (frame === undefined || valueField === undefined)
    return { kind: 'unfit', missing: 'columns "metric", "variant", "value_control" and "value_variant"' };
  if (frame.length === 0) return { kind: 'empty' };
  const { definition, facts, truncated } = metaOf<StoredDefinition>(frame);
  const metrics = readMetrics(frame, definition);
  const fact = (name: string): number | null => (typeof facts[name] === 'number' ? facts[name] : null);
  const experiment: Experiment = {
    name: definition.experiment,
    control: definition.control ?? 'control',
    variants: [...new Set(metrics.flatMap(({ comparisons }) => comparisons.map(({ variant }) => variant)))],
    metrics,
    split: { isBroken: facts.srm_mismatch === true, pValue: fact('srm_p_value') },
    users: {
      exposed: fact('exposed_users'),
      excluded: fact('excluded_users') ?? 0,
      incomplete: fact('incomplete_users') ?? 0,
    },
    confidence: definition.confidence ?? 0.95,
    frame,
    valueField,
    isTruncated: truncated,
  };
  return { kind: 'experiment', experiment };
}

function readMetrics(frame: DataFrame, definition: Partial<StoredDefinition>): Metric[] {
  const metricField = fieldNamed(frame, 'metric');
  const byName = new Map<string, Comparison[]>();
  for (let row = 0; row < frame.length; row++) {
    const name = textAt(metricField, row) ?? '';
    const comparisons = byName.get(name) ?? [];
    comparisons.push(readComparison(frame, row));
    byName.set(name, comparisons);
  }
  return [...byName].map(([name, comparisons]) => {
    const own = definition.metrics?.find((metric) => metric.name === name);
    return {
      name,
      kind: own?.type,
      goal: own?.goal ?? 'increase',
      isGuardrail: own?.guardrail === true,
      minimumEffect: own?.minimum_effect ?? definition.minimum_effect ?? (own && MINIMUM_EFFECT),
      comparisons,
    };
  });
}

function readComparison(frame: DataFrame, row: number): Comparison {
  const read = (name: string): number | null => numberAt(fieldNamed(frame, name), row);
  const values = { control: read('value_control'), variant: read('value_variant') };
  const decision = textAt(fieldNamed(frame, 'decision'), row);
  return {
    variant: textAt(fieldNamed(frame, 'variant'), row) ?? '',
    users: { control: read('users_control'), variant: read('users_variant') },
    values,
    lift: {
      value: read('lift') ?? over(values.variant, values.control, -1),
      low: read('lift_low'),
      high: read('lift_high'),
    },
    difference: { value: read('difference'), low: read('difference_low'), high: read('difference_high') },
    sequentialLift: { low: read('sequential_lift_low'), high: read('sequential_lift_high') },
    sequentialDifference: { low: read('sequential_low'), high: read('sequential_high') },
    p: {
      value: read('p_value'),
      holm: read('p_holm'),
      benjaminiHochberg: read('p_benjamini_hochberg'),
      sequential: read('sequential_p_value'),
    },
    cuped: readCuped(read, values.control),
    chance: read('chance_to_beat_control'),
    lossVariant: read('expected_loss_variant'),
    lossControl: read('expected_loss_control'),
    required: read('required_users_per_variant'),
    decision: DECISIONS.find((item) => item === decision),
    row,
  };
}

function readCuped(read: (name: string) => number | null, control: number | null): Cuped | undefined {
  const difference = { value: read('cuped_difference'), low: read('cuped_low'), high: read('cuped_high') };
  if (difference.value === null) return undefined;
  return {
    difference,
    lift: {
      value: over(difference.value, control),
      low: over(difference.low, control),
      high: over(difference.high, control),
    },
    p: read('cuped_p_value'),
    varianceReduction: read('cuped_variance_reduction'),
  };
}

const over = (value: number | null, by: number | null, plus = 0): number | null =>
  value === null || by === null || by === 0 ? null : value / by + plus;
