import { isUuid } from '../ids.ts';
import { EVENT_TYPE, type AnalyticsEvent, type PropertyValue } from './event.ts';
import { shown, type Fault } from './fault.ts';
import { formatTimestamp, parseTimestamp, TIMESTAMP_FORM } from './timestamp.ts';

export type Validation =
  { readonly ok: true; readonly event: AnalyticsEvent } | { readonly ok: false; readonly faults: readonly Fault[] };

const FIELDS: ReadonlySet<string> = new Set<keyof AnalyticsEvent>([
  'event_id',
  'event_type',
  'user_id',
  'session_id',
  'content_id',
  'timestamp',
  'received_at',
  'properties',
]);

const LONE_SURROGATE = /\p{Surrogate}/u;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const propertyPath = (key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `properties.${key}` : `properties[${JSON.stringify(key)}]`;

class Checker {
  readonly faults: Fault[] = [];

  refuse(path: string, value: unknown, allowed: string): void {
    this.faults.push({ path, found: shown(value), allowed });
  }

  uuid(path: string, value: unknown): string {
    if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
    this.refuse(path, value, 'a UUID such as 3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001');
    return '';
  }

  eventType(value: unknown): string {
    if (typeof value === 'string' && EVENT_TYPE.test(value)) return value;
    this.refuse('event_type', value, '1 to 100 characters: a lower-case letter, then lower-case letters, digits and _');
    return '';
  }

  text(path: string, value: unknown): string | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return value;
    this.refuse(path, value, 'a string of well-formed Unicode, or null');
    return null;
  }

  moment(path: string, value: unknown): string {
    const millis = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (millis !== undefined) return formatTimestamp(millis);
    this.refuse(path, value, TIMESTAMP_FORM);
    return '';
  }

  properties(value: unknown): AnalyticsEvent['properties'] {
    if (value === undefined || value === null) return {};
    if (!isObject(value)) {
      this.refuse('properties', value, 'an object of strings, numbers and booleans');
      return {};
    }
    const kept: [string, PropertyValue][] = [];
    for (const [key, property] of Object.entries(value)) {
      if (property === null || property === undefined) continue;
      const checked = this.property(key, property);
      if (checked !== undefined) kept.push([key, checked]);
    }
    return Object.fromEntries(kept); // unlike an assignment this keeps a key such as __proto__
  }

  property(key: string, value: unknown): PropertyValue | undefined {
    const path = propertyPath(key);
    if (LONE_SURROGATE.test(key)) this.refuse(path, value, 'a key of well-formed Unicode');
    else if (typeof value === 'boolean') return value;
    else if (typeof value === 'number' && Number.isFinite(value))
      return value === 0 ? 0 : value; // JSON has no -0
    else if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return value;
    else this.refuse(path, value, 'a string of well-formed Unicode, a finite number, a boolean or null');
    return undefined;
  }
}

/**
 * Checks an event against every rule of the contract and brings it into its canonical form: ids in lower case, moments
 * as `YYYY-MM-DDThh:mm:ss.sssZ`, absent texts as null, properties without those that are null. Unknown fields are
 * refused, because nothing is dropped in silence. Runs in browsers as well.
 * @param input what claims to be an event, such as the result of JSON.parse
 */
export function validateEvent(input: unknown): Validation {
  const check = new Checker();
  if (!isObject(input)) {
    check.refuse('', input, 'an object');
    return { ok: false, faults: check.faults };
  }
  for (const key of Object.keys(input))
    if (!FIELDS.has(key)) check.refuse(key, input[key], `one of the fields ${[...FIELDS].join(', ')}`);
  const event: AnalyticsEvent = {
    event_id: check.uuid('event_id', input['event_id']),
    event_type: check.eventType(input['event_type']),
    user_id: check.uuid('user_id', input['user_id']),
    session_id: check.text('session_id', input['session_id']),
    content_id: check.text('content_id', input['content_id']),
    timestamp: check.moment('timestamp', input['timestamp']),
    received_at: input['received_at'] == null ? null : check.moment('received_at', input['received_at']),
    properties: check.properties(input['properties']),
  };
  return check.faults.length > 0 ? { ok: false, faults: check.faults } : { ok: true, event };
}
