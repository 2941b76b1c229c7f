import type { PropertyColumn } from './columns.ts';

/** One rule of the contract in SQL: when it holds, and what is said when it does not. */
interface Check {
  /** What the condition is called in the query. */
  readonly name: string;
  readonly holds: string;
  /** An SQL expression of the text; the words are those of `validateEvent` where it knows the fault. */
  readonly fault: string;
}

const UUID = "'^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'";
/** 2100-01-01, in milliseconds; the range of `parseTimestamp` in the contracts. */
const END_OF_TIME = '4102444800000';
/** Decimal(18, 6) holds 12 digits before the point, though its bytes could hold a little more. */
const DECIMAL_END = '1000000000000';

/** Columns of `incoming_events`, which the view reads as `i` because columns of its own have the same names. */
const shown = (field: string): string => `toJSONString(substringUTF8(i.${field}, 1, 80))`;
const is = (path: string, found: string, allowed: string): string =>
  `concat('${path} is ', ${found}, ', allowed ${allowed}')`;
const uuid = (field: string): Check => ({
  name: `good_${field}`,
  holds: `match(i.${field}, ${UUID})`,
  fault: is(field, shown(field), 'is a UUID'),
});
const moment = (field: string): Check => ({
  name: `good_${field}`,
  holds: `ifNull(i.${field} >= 0 AND i.${field} < ${END_OF_TIME}, true)`,
  fault: is(field, `toString(i.${field})`, 'are milliseconds from 1970 to 2099'),
});

/**
 * The rules that a decoded message must keep to become an event. None of them can throw: an exception in a view would
 * stop the partition for ever.
 */
export function checks(properties: readonly PropertyColumn[]): readonly Check[] {
  const ofKind = (kind: PropertyColumn['kind']): string[] =>
    properties.filter((property) => property.kind === kind).map(({ name }) => name);
  const texts = ['session_id', 'content_id', ...ofKind('text')].map((name) => `ifNull(i.${name}, '')`);
  return [
    uuid('event_id'),
    uuid('user_id'),
    {
      name: 'good_event_type',
      holds: "match(i.event_type, '^[a-z][a-z0-9_]{0,99}$')",
      fault: is('event_type', shown('event_type'), 'are 1 to 100 characters of [a-z][a-z0-9_]*'),
    },
    moment('timestamp'),
    moment('received_at'),
    {
      name: 'good_texts',
      // A separator keeps the end of one text and the beginning of the next from making a character together.
      holds: `isValidUTF8(concatWithSeparator(' ', ${texts.join(', ')}))`,
      fault: "'a text is not UTF-8'",
    },
    ...ofKind('number').map((name) => ({
      name: `good_${name}`,
      holds: `ifNull(isFinite(i.${name}), true)`,
      fault: is(`properties.${name}`, `toString(i.${name})`, 'is a finite number'),
    })),
    ...ofKind('decimal').map((name) => ({
      name: `good_${name}`,
      holds: `ifNull(abs(i.${name}) < ${DECIMAL_END}, true)`,
      fault: is(`properties.${name}`, `toString(i.${name})`, 'are 12 digits before the point'),
    })),
    {
      name: 'good_extra',
      // What JSON cannot hold, numbers beyond 64 bits or one key twice, becomes NULL here and not an exception.
      holds: "isNull(i.extra) OR isNotNull(accurateCastOrNull(i.extra, 'JSON'))",
      fault: is('properties.extra', shown('extra'), 'is an object of JSON'),
    },
    {
      name: 'flat_extra',
      // The first line is true for nearly every text and spares it a second parsing.
      holds: `isNull(i.extra) OR (position(i.extra, '[') = 0 AND position(i.extra, '{', 2) = 0)
            OR NOT arrayExists(pair -> match(pair.2, '^[{[]'), JSONExtractKeysAndValuesRaw(assumeNotNull(i.extra)))`,
      fault: is('properties.extra', shown('extra'), 'are strings, numbers and booleans'),
    },
  ];
}
