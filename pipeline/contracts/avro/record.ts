import type { AnalyticsEvent, PropertyValue } from '../event/event.ts';
import { formatTimestamp, parseTimestamp } from '../event/timestamp.ts';
import { KNOWN_PROPERTIES, type EventRecord, type KnownProperty, type PropertyKind } from '../generated/event.ts';
import { decimalText, fromBytes, toBytes, unscaled } from './decimal.ts';

/** How a property of each kind goes into its field (undefined: it does not fit) and comes out again. */
const CONVERT: Record<
  PropertyKind,
  {
    into: (value: PropertyValue) => string | number | Buffer | undefined;
    out: (value: string | number | Uint8Array) => PropertyValue;
  }
> = {
  text: {
    into: (value) => (typeof value === 'string' ? value : undefined),
    out: (value) => value as string,
  },
  number: {
    into: (value) => (typeof value === 'number' ? value : undefined),
    out: (value) => value as number,
  },
  decimal: {
    into: (value) => {
      const exact = typeof value === 'number' ? unscaled(value) : undefined;
      return exact === undefined ? undefined : toBytes(exact);
    },
    out: (value) => Number(decimalText(fromBytes(value as Uint8Array))),
  },
};

const KNOWN = Object.entries(KNOWN_PROPERTIES).map(([name, { kind }]) => ({
  name: name as KnownProperty,
  convert: CONVERT[kind],
}));

/**
 * A number as the warehouse's JSON type takes it: whole numbers beyond 64 bits must be written as floating point.
 * JSON.stringify alone writes 2e19 as 20000000000000000000, which is refused there.
 */
const jsonNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 2 ** 63 ? value.toExponential() : JSON.stringify(value);

const jsonMember = ([key, value]: [string, PropertyValue]): string =>
  `${JSON.stringify(key)}:${typeof value === 'number' ? jsonNumber(value) : JSON.stringify(value)}`;

const millisOf = (moment: string): number => {
  const millis = parseTimestamp(moment);
  if (millis === undefined) throw new RangeError(`not a timestamp of the contract: ${moment}`);
  return millis;
};

/**
 * The Avro record of an event. Properties that have no field of their own, or whose value is not of the field's type,
 * travel as JSON in `extra`, so nothing is lost: `toEvent(toRecord(event))` equals the event.
 * @param event one that `validateEvent` returned
 */
export function toRecord(event: AnalyticsEvent): EventRecord {
  const { event_id, event_type, user_id, session_id, content_id } = event;
  const fields: Partial<Record<KnownProperty, string | number | Uint8Array | null>> = {};
  const placed = new Set<string>();
  for (const { name, convert } of KNOWN) {
    const value = Object.hasOwn(event.properties, name) ? event.properties[name] : undefined;
    const field = value === undefined ? undefined : convert.into(value);
    fields[name] = field ?? null;
    if (field !== undefined) placed.add(name);
  }
  const rest = Object.entries(event.properties).filter(([key]) => !placed.has(key));
  const extra = rest.length === 0 ? null : `{${rest.map(jsonMember).join(',')}}`;
  return {
    event_id,
    event_type,
    user_id,
    session_id,
    content_id,
    timestamp: millisOf(event.timestamp),
    received_at: event.received_at === null ? null : millisOf(event.received_at),
    properties: { ...fields, extra } as EventRecord['properties'],
  };
}

/** The members of `extra`. */
function parseExtra(extra: string): Record<string, PropertyValue> {
  const parsed: unknown = JSON.parse(extra);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new TypeError(`extra is no object: ${extra}`);
  return parsed as Record<string, PropertyValue>;
}

/**
 * The event of an Avro record: the way back from `toRecord`.
 * @throws Error where `extra` is no JSON object
 */
export function toEvent(record: EventRecord): AnalyticsEvent {
  const { event_id, event_type, user_id, session_id, content_id, timestamp, received_at, properties } = record;
  const known = KNOWN.flatMap(({ name, convert }): [string, PropertyValue][] => {
    const field = properties[name];
    return field === null ? [] : [[name, convert.out(field)]];
  });
  const extra = properties.extra === null ? {} : parseExtra(properties.extra);
  return {
    event_id,
    event_type,
    user_id,
    session_id,
    content_id,
    timestamp: formatTimestamp(timestamp),
    received_at: received_at === null ? null : formatTimestamp(received_at),
    properties: Object.fromEntries([...Object.entries(extra), ...known]),
  };
}
