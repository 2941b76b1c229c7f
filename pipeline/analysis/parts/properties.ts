/**
 * How a property of a definition is read: a column of the event, else the column of a known property with the key of
 * `properties` behind it (a value that does not fit the column's type lives there), else that key alone.
 */
import { call, column, constant, dynamic } from '../tree/build.ts';
import type { Expression } from '../tree/nodes.ts';

/** The event's own columns. */
const OWN = {
  event_id: 'uuid',
  event_type: 'text',
  user_id: 'uuid',
  session_id: 'nullable text',
  content_id: 'nullable text',
  timestamp: 'time',
  received_at: 'nullable time',
} as const;

/** Known properties that have a column; the contract of events is their source. */
const KNOWN = {
  device: 'text',
  country: 'text',
  url: 'text',
  referrer: 'text',
  order_id: 'text',
  currency: 'text',
  experiment_key: 'text',
  variant: 'text',
  watch_time_seconds: 'number',
  duration_seconds: 'number',
  amount: 'decimal',
} as const;

/** Names and kinds of the columns that this module relies on, for the test that compares them with the contract. */
export const KNOWN_PROPERTIES: Readonly<Record<string, 'text' | 'number' | 'decimal'>> = KNOWN;

/**
 * A property as the JSON types it may have. Each is null where the event has no such value; `undefined` where the
 * property never has one of that type.
 */
export interface PropertyForms {
  /** The value as JSON shows it, without quotes: text as it is, numbers as JavaScript prints them, true, false. */
  readonly text: Expression;
  readonly string: Expression | undefined;
  readonly number: Expression | undefined;
  readonly boolean: Expression | undefined;
  /** Whether `text` can be null. */
  readonly nullable: boolean;
}

function ownForms(name: string, kind: (typeof OWN)[keyof typeof OWN]): PropertyForms {
  const source = column(name);
  const text = { uuid: call('toString', source), time: call('suuupra_time_text', source), text: source };
  const nullable = kind.startsWith('nullable ');
  const string = text[kind.replace('nullable ', '') as keyof typeof text];
  return { text: string, string, number: undefined, boolean: undefined, nullable };
}

function keyForms(name: string): PropertyForms & { readonly [K in 'string' | 'number' | 'boolean']: Expression } {
  const key = dynamic(name);
  return {
    text: call('suuupra_json_text', key),
    string: call('suuupra_json_string', key),
    number: call('suuupra_json_number', key),
    boolean: call('suuupra_json_boolean', key),
    nullable: true,
  };
}

function knownForms(name: string, kind: (typeof KNOWN)[keyof typeof KNOWN]): PropertyForms {
  const source = column(name);
  const key = keyForms(name);
  if (kind === 'text')
    return { ...key, text: call('ifNull', source, key.text), string: call('ifNull', source, key.string) };
  const number = kind === 'decimal' ? call('toFloat64', source) : source;
  return {
    ...key,
    text: call('ifNull', call('suuupra_json_number_text', number), key.text),
    number: call('ifNull', number, key.number),
  };
}

const isKey = <T extends object>(of: T, name: PropertyKey): name is keyof T => Object.hasOwn(of, name);

/** All forms of a property. */
export function propertyForms(name: string): PropertyForms {
  if (isKey(OWN, name)) return ownForms(name, OWN[name]);
  if (isKey(KNOWN, name)) return knownForms(name, KNOWN[name]);
  return keyForms(name);
}

/** Whether a property is an identifier of the event, stored as UUID. */
export const isUuidColumn = (name: string): boolean => isKey(OWN, name) && OWN[name] === 'uuid';

/** A property as a value of a breakdown: a missing one is the empty text. */
export function breakdownText(name: string): Expression {
  const { text, nullable } = propertyForms(name);
  return nullable ? call('ifNull', text, constant('')) : text;
}

/** A property as a number; null where it is missing or no number. */
export const propertyNumber = (name: string): Expression => propertyForms(name).number ?? constant(null);

/** Whether sums of a property are money. */
export const isMoney = (name: string): boolean => isKey(KNOWN, name) && KNOWN[name] === 'decimal';

/**
 * A property as money, exactly: the decimal column where there is one, else the decimal text of the JSON number, up to 9
 * places; null where it is missing or no number.
 */
export function propertyMoney(name: string): Expression {
  const ofKey = call('toDecimal128OrNull', call('suuupra_json_number_text', keyForms(name).number), constant(9));
  if (!isMoney(name)) return ofKey;
  return call('ifNull', call('toDecimal128', column(name), constant(9)), ofKey);
}
