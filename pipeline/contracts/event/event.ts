/** A value of a property. Numbers are finite. */
export type PropertyValue = string | number | boolean;

export type EventProperties = Readonly<Record<string, PropertyValue>>;

/** An event in its JSON form: one object per line in files, one object in HTTP requests. */
export interface AnalyticsEvent {
  /** UUID in lower case. */
  readonly event_id: string;
  readonly event_type: string;
  /** UUID in lower case. */
  readonly user_id: string;
  readonly session_id: string | null;
  readonly content_id: string | null;
  /** ISO 8601, UTC, with milliseconds: `2026-03-01T09:30:00.125Z`. */
  readonly timestamp: string;
  /** As `timestamp`; set by the collector. */
  readonly received_at: string | null;
  readonly properties: EventProperties;
}

export const EVENT_TYPE = /^[a-z][a-z0-9_]{0,99}$/;
