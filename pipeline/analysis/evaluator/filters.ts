/** Properties of events and the operators of filters. */
import { RE2JS } from 're2js';
import type { Condition, Event, Filter, Scalar, Selection } from './definition.ts';

const COLUMNS = ['event_id', 'event_type', 'user_id', 'session_id', 'content_id', 'timestamp', 'received_at'];

/** The value of a column or of a key of `properties`; undefined where it is missing. */
export function propertyOf(event: Event, property: string): Scalar | undefined {
  if (COLUMNS.includes(property)) {
    const column = event[property as keyof Event] as string | null | undefined;
    return column ?? undefined;
  }
  const properties = event.properties ?? {};
  return Object.hasOwn(properties, property) ? properties[property] : undefined;
}

/** Numbers and booleans as JSON shows them, strings as they are. */
export function textOf(item: Scalar): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

/** Order of the bytes of two strings in UTF-8: negative, zero or positive. */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0;
  const a = new TextEncoder().encode(left);
  const b = new TextEncoder().encode(right);
  for (let index = 0; index < Math.min(a.length, b.length); index += 1)
    if (a[index] !== b[index]) return (a[index] ?? 0) - (b[index] ?? 0);
  return a.length - b.length;
}

/** Order of two values: of numbers if both are, of bytes otherwise. */
function compareValues(left: Scalar, right: Scalar): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareBytes(textOf(left), textOf(right));
}

function passesCondition(event: Event, { property, op, value: expected }: Condition): boolean {
  const found = propertyOf(event, property);
  if (found === undefined) return ['not_exists', 'neq', 'not_in', 'not_contains'].includes(op);
  const single = expected as Scalar;
  const list = expected as readonly Scalar[];
  switch (op) {
    case 'exists':
      return true;
    case 'not_exists':
      return false;
    case 'eq':
      return found === single;
    case 'neq':
      return found !== single;
    case 'in':
      return list.some((item) => found === item);
    case 'not_in':
      return list.every((item) => found !== item);
    case 'gt':
      return compareValues(found, single) > 0;
    case 'gte':
      return compareValues(found, single) >= 0;
    case 'lt':
      return compareValues(found, single) < 0;
    case 'lte':
      return compareValues(found, single) <= 0;
    case 'contains':
      return textOf(found).includes(textOf(single));
    case 'not_contains':
      return !textOf(found).includes(textOf(single));
    case 'starts_with':
      return textOf(found).startsWith(textOf(single));
    case 'matches':
      return RE2JS.compile(textOf(single)).matcher(textOf(found)).find();
    default:
      throw new RangeError(`unknown operator ${op}`);
  }
}

/** Whether an event passes every filter of a list. */
export function passes(event: Event, filters: readonly Filter[]): boolean {
  return filters.every((filter) =>
    'any' in filter
      ? filter.any.some((condition) => passesCondition(event, condition))
      : passesCondition(event, filter),
  );
}

/** Whether an event is one of a selection: of its type, if it names one, and passing its filters. */
export function isSelected(event: Event, selection: Selection): boolean {
  return (selection.event === undefined || event.event_type === selection.event) && passes(event, selection.filters);
}
