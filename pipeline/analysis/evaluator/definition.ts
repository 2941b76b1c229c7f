/** The normalised definitions the evaluator understands: the JSON of the contract with its defaults filled in. */

export type Scalar = string | number | boolean;

/** A stored event, in the order of arrival: of two with one id the first is the event. */
export interface Event {
  readonly event_id: string;
  readonly event_type: string;
  readonly user_id: string;
  readonly timestamp: string;
  readonly session_id?: string | null;
  readonly content_id?: string | null;
  readonly received_at?: string | null;
  readonly properties?: Readonly<Record<string, Scalar>>;
}

export interface Condition {
  readonly property: string;
  readonly op: string;
  readonly value?: Scalar | readonly Scalar[];
}

export type Filter = Condition | { readonly any: readonly Condition[] };

/** Events of one type, or of any type, that pass all filters. */
export interface Selection {
  readonly event?: string;
  readonly filters: readonly Filter[];
}

export interface Common {
  readonly from?: string;
  readonly to?: string;
  readonly as_of?: string;
  readonly timezone: string;
  readonly filters: readonly Filter[];
  readonly confidence: number;
}

export interface Exclusion extends Selection {
  readonly after_step: number;
  readonly before_step: number;
}

export interface FunnelDefinition extends Common {
  readonly analysis: 'funnel';
  readonly steps: readonly (Selection & { readonly event: string })[];
  readonly window_seconds: number;
  readonly order: 'ordered' | 'strict' | 'any';
  readonly unit: 'user' | 'session' | { readonly property: string };
  readonly exclusions: readonly Exclusion[];
  readonly breakdown?: string;
}

export interface SessionsDefinition extends Common {
  readonly analysis: 'sessions';
  readonly gap_seconds: number;
}

export type Interval = 'minute' | 'hour' | 'day' | 'week' | 'month';

export interface RevenueDefinition extends Common {
  readonly analysis: 'revenue';
  readonly interval: Interval;
}

export interface EngagementDefinition extends Common {
  readonly analysis: 'engagement';
}

export interface RetentionDefinition extends Common {
  readonly analysis: 'retention';
  readonly start: Selection;
  readonly return: Selection;
  readonly period: 'day' | 'week' | 'month';
  readonly cohort: 'first_ever' | 'recurring';
  readonly mode: 'on' | 'on_or_after' | 'bracket';
  readonly brackets?: readonly (readonly [number, number])[];
  readonly periods?: number;
}

export interface ActivityDefinition extends Common {
  readonly analysis: 'activity';
}

export interface LifecycleDefinition extends Common {
  readonly analysis: 'lifecycle';
  readonly interval: 'day' | 'week' | 'month';
}

export type Aggregate = 'sum' | 'avg' | 'min' | 'max' | 'median' | 'p90' | 'p95' | 'p99';

export interface Series extends Selection {
  readonly measure: 'count' | 'unique_users' | 'per_user' | { readonly [A in Aggregate]?: string };
}

export interface TrendDefinition extends Common {
  readonly analysis: 'trend';
  readonly series: readonly Series[];
  readonly interval: Interval;
  readonly formula?: string;
  readonly breakdown?: string;
  readonly limit?: number;
  readonly compare?: 'previous' | 'year';
}

export type Segment = 'casual' | 'churn_risk' | 'new' | 'power';

export interface SegmentsDefinition extends Common {
  readonly analysis: 'segments';
  readonly members: boolean;
  readonly segment?: Segment;
  readonly after?: string;
  readonly limit: number;
}

export interface PathsDefinition extends Common {
  readonly analysis: 'paths';
  readonly node?: string;
  readonly start?: string;
  readonly end?: string;
  readonly depth: number;
  readonly limit: number;
  readonly gap_seconds: number;
}

/** What is taken of a user's events. */
export interface Measured extends Selection {
  readonly event: string;
  readonly measure: 'count' | { readonly [A in 'sum' | 'avg' | 'min' | 'max' | 'distinct']?: string };
}

export interface Conversion extends Selection {
  readonly type: 'conversion';
  readonly name: string;
  readonly event: string;
}

export interface MeanOrQuantile extends Measured {
  readonly type: 'mean' | 'quantile';
  readonly name: string;
  readonly winsorize?: number;
  readonly quantile?: number;
}

export interface Ratio {
  readonly type: 'ratio';
  readonly name: string;
  readonly numerator: Measured;
  readonly denominator: Measured;
  readonly winsorize?: number;
}

export type Metric = Conversion | MeanOrQuantile | Ratio;

export interface ExperimentDefinition extends Common {
  readonly analysis: 'experiment';
  readonly experiment: string;
  readonly control: string;
  readonly exposure: Selection & {
    readonly event: string;
    readonly experiment_key: string;
    readonly variant: string;
  };
  readonly split?: Readonly<Record<string, number>>;
  readonly window_seconds: number;
  readonly metrics: readonly Metric[];
  readonly covariate?: Measured & { readonly lookback_days?: number };
  readonly only_complete: boolean;
}

export type Definition =
  | FunnelDefinition
  | SessionsDefinition
  | RevenueDefinition
  | EngagementDefinition
  | RetentionDefinition
  | ActivityDefinition
  | LifecycleDefinition
  | TrendDefinition
  | SegmentsDefinition
  | PathsDefinition
  | ExperimentDefinition;

export type Row = Record<string, string | number | boolean | null>;
