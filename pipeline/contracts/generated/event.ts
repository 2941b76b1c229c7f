// Generated from schemas/event.avsc by `npm run generate`. Edit that file, not this one.

/** How a known property travels: as text, as a double, or as an exact decimal with 6 places. */
export type PropertyKind = 'text' | 'number' | 'decimal';

/** The properties that have a field in the Avro record and a column in ClickHouse of their own. */
export const KNOWN_PROPERTIES = {
  device: { kind: 'text', lowCardinality: true, doc: 'Kind of device, such as `mobile`.' },
  country: { kind: 'text', lowCardinality: true, doc: 'Country, ISO 3166-1 alpha-2.' },
  url: { kind: 'text', lowCardinality: false, doc: 'Address of the page.' },
  referrer: { kind: 'text', lowCardinality: false, doc: 'Address of the page that led here.' },
  watch_time_seconds: {
    kind: 'number',
    lowCardinality: false,
    doc: 'Seconds watched so far in this view (cumulative, not the step since the last event).',
  },
  duration_seconds: { kind: 'number', lowCardinality: false, doc: 'Length of the content in seconds.' },
  order_id: { kind: 'text', lowCardinality: false, doc: 'The order that a purchase belongs to.' },
  amount: { kind: 'decimal', lowCardinality: false, doc: 'Money, exact to 6 places; negative for a refund.' },
  currency: { kind: 'text', lowCardinality: true, doc: 'Currency of the amount, ISO 4217.' },
  experiment_key: { kind: 'text', lowCardinality: true, doc: 'The experiment of an exposure.' },
  variant: { kind: 'text', lowCardinality: true, doc: 'The variant of the experiment that was shown.' },
} as const satisfies Record<string, { kind: PropertyKind; lowCardinality: boolean; doc: string }>;

export type KnownProperty = keyof typeof KNOWN_PROPERTIES;

/** The Avro record `Properties`; a decimal is its unscaled value, big-endian two's complement. */
export interface PropertiesRecord {
  /** Kind of device, such as `mobile`. */
  readonly device: string | null;
  /** Country, ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** Address of the page. */
  readonly url: string | null;
  /** Address of the page that led here. */
  readonly referrer: string | null;
  /** Seconds watched so far in this view (cumulative, not the step since the last event). */
  readonly watch_time_seconds: number | null;
  /** Length of the content in seconds. */
  readonly duration_seconds: number | null;
  /** The order that a purchase belongs to. */
  readonly order_id: string | null;
  /** Money, exact to 6 places; negative for a refund. */
  readonly amount: Uint8Array | null;
  /** Currency of the amount, ISO 4217. */
  readonly currency: string | null;
  /** The experiment of an exposure. */
  readonly experiment_key: string | null;
  /** The variant of the experiment that was shown. */
  readonly variant: string | null;
  /** JSON object of every other property, and of known ones whose value is not of the field's type. */
  readonly extra: string | null;
}

/** The Avro record `Event`; moments are milliseconds since 1970. */
export interface EventRecord {
  /** Identity: two events with one id are one event, and the first to arrive wins. */
  readonly event_id: string;
  /** What happened: `page_view`, `content_view`, `video_progress`, `add_to_cart`, `checkout_started`, `purchase`, `signup`, `experiment_exposure`, or a name of your own. 1 to 100 characters of `[a-z][a-z0-9_]*`. */
  readonly event_type: string;
  /** Who did it; the key of the message, so that the events of one user stay in order. */
  readonly user_id: string;
  /** What the client believes its session is. */
  readonly session_id: string | null;
  /** What was viewed or bought. */
  readonly content_id: string | null;
  /** When it happened, by the clock of the client. In JSON: ISO 8601, UTC, whole milliseconds. */
  readonly timestamp: number;
  /** When the collector received it. In JSON: ISO 8601, UTC, whole milliseconds. */
  readonly received_at: number | null;
  /** What else is known: strings, numbers and booleans. */
  readonly properties: PropertiesRecord;
}

/** The Avro schema as it is registered. */
export const EVENT_SCHEMA =
  '{"type":"record","name":"Event","namespace":"suuupra","doc":"Something that a user did. The contract of the topic `events`.","fields":[{"name":"event_id","type":{"type":"string","logicalType":"uuid"},"doc":"Identity: two events with one id are one event, and the first to arrive wins."},{"name":"event_type","type":"string","doc":"What happened: `page_view`, `content_view`, `video_progress`, `add_to_cart`, `checkout_started`, `purchase`, `signup`, `experiment_exposure`, or a name of your own. 1 to 100 characters of `[a-z][a-z0-9_]*`."},{"name":"user_id","type":{"type":"string","logicalType":"uuid"},"doc":"Who did it; the key of the message, so that the events of one user stay in order."},{"name":"session_id","type":["null","string"],"default":null,"doc":"What the client believes its session is."},{"name":"content_id","type":["null","string"],"default":null,"doc":"What was viewed or bought."},{"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened, by the clock of the client. In JSON: ISO 8601, UTC, whole milliseconds."},{"name":"received_at","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When the collector received it. In JSON: ISO 8601, UTC, whole milliseconds."},{"name":"properties","type":{"type":"record","name":"Properties","doc":"Known properties, each optional, and the rest as JSON.","fields":[{"name":"device","type":["null","string"],"default":null,"lowCardinality":true,"doc":"Kind of device, such as `mobile`."},{"name":"country","type":["null","string"],"default":null,"lowCardinality":true,"doc":"Country, ISO 3166-1 alpha-2."},{"name":"url","type":["null","string"],"default":null,"doc":"Address of the page."},{"name":"referrer","type":["null","string"],"default":null,"doc":"Address of the page that led here."},{"name":"watch_time_seconds","type":["null","double"],"default":null,"doc":"Seconds watched so far in this view (cumulative, not the step since the last event)."},{"name":"duration_seconds","type":["null","double"],"default":null,"doc":"Length of the content in seconds."},{"name":"order_id","type":["null","string"],"default":null,"doc":"The order that a purchase belongs to."},{"name":"amount","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"default":null,"doc":"Money, exact to 6 places; negative for a refund."},{"name":"currency","type":["null","string"],"default":null,"lowCardinality":true,"doc":"Currency of the amount, ISO 4217."},{"name":"experiment_key","type":["null","string"],"default":null,"lowCardinality":true,"doc":"The experiment of an exposure."},{"name":"variant","type":["null","string"],"default":null,"lowCardinality":true,"doc":"The variant of the experiment that was shown."},{"name":"extra","type":["null","string"],"default":null,"doc":"JSON object of every other property, and of known ones whose value is not of the field\'s type."}]},"doc":"What else is known: strings, numbers and booleans."}]}';
