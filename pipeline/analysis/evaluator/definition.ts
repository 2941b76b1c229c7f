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

export type Definition =
  | FunnelDefinition
  | SessionsDefinition
  | RevenueDefinition
  | EngagementDefinition
  | RetentionDefinition
  | ActivityDefinition
  | LifecycleDefinition;

export type Row = Record<string, string | number | boolean | null>;
