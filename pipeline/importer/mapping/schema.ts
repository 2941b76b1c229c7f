import * as v from 'valibot';
import { FORMATS } from '../source/open.ts';

/**
 * The form of a mapping file. The message of each part says what is allowed there; faults.ts puts it behind the key
 * and what was found. docs/import.md explains every key to people.
 */

/** An object with no other keys than these. */
const object = <T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, (issue) =>
    issue.expected === 'never' || issue.expected === 'Object'
      ? `one of the keys ${Object.keys(entries).join(', ')}`
      : 'a value: the key is required',
  );

const text = v.pipe(v.string('a text'), v.nonEmpty('a text that is not empty'));
const character = v.pipe(v.string('one character'), v.regex(/^[^\r\n]$/, 'one character'));
const scalar = v.union([v.string(), v.number(), v.boolean()], 'a text, a number, true or false');
const table = v.record(
  v.string(),
  v.union([scalar, v.null()], 'a text, a number, true, false or null'),
  'a table of values',
);

/** The column that a value, a condition or a join looks at. */
const column = text;

export const ConditionSchema = v.pipe(
  object({
    column,
    exists: v.optional(v.boolean('true or false')),
    equals: v.optional(scalar),
    in: v.optional(v.array(scalar, 'a list of values')),
    not: v.optional(v.boolean('true or false')),
  }),
  v.check(
    (condition) => [condition.exists, condition.equals, condition.in].filter((test) => test !== undefined).length === 1,
    'exactly one of exists, equals, in',
  ),
);

const SOURCES = ['column', 'constant', 'template', 'row'] as const;

const value = object({
  column: v.optional(column),
  constant: v.optional(scalar),
  template: v.optional(text),
  row: v.optional(v.picklist(['event_id', 'line'], 'event_id or line')),
  map: v.optional(table),
  otherwise: v.optional(v.union([scalar, v.null()], 'a text, a number, true, false or null')),
  default: v.optional(scalar),
  when: v.optional(ConditionSchema),
  type: v.optional(v.picklist(['string', 'number', 'boolean'], 'string, number or boolean')),
  uuid: v.optional(v.picklist(['user', 'content', 'event'], 'user, content or event')),
  format: v.optional(text),
  timezone: v.optional(text),
});

const ValueObject = v.pipe(
  value,
  v.check(
    (spec) => SOURCES.filter((source) => spec[source] !== undefined).length === 1,
    `exactly one of the keys ${SOURCES.join(', ')}`,
  ),
  v.check((spec) => spec.otherwise === undefined || spec.map !== undefined, 'otherwise only beside map'),
);

/** A value of an event: the name of a column, or an object that says how it comes about. */
export const ValueSchema = v.lazy((input) =>
  typeof input === 'string'
    ? v.pipe(
        text,
        v.transform((name): v.InferOutput<typeof ValueObject> => ({ column: name })),
      )
    : ValueObject,
);

export const CANONICAL_ROW = 'canonical row';

const EventIdSchema = v.lazy((input) =>
  input === CANONICAL_ROW ? v.literal(CANONICAL_ROW, 'canonical row') : ValueSchema,
);

const EventSchema = object({
  event_id: v.optional(EventIdSchema, CANONICAL_ROW),
  event_type: ValueSchema,
  user_id: ValueSchema,
  session_id: v.optional(ValueSchema),
  content_id: v.optional(ValueSchema),
  timestamp: ValueSchema,
  received_at: v.optional(ValueSchema),
  properties: v.optional(v.record(v.string(), ValueSchema, 'a table of properties'), {}),
  properties_json: v.optional(column),
});

const JoinSchema = object({
  file: text,
  key: column,
  on: column,
  missing: v.optional(v.picklist(['refuse', 'absent'], 'refuse or absent'), 'refuse'),
});

const place = v.pipe(
  v.number('a whole number from 1'),
  v.integer('a whole number from 1'),
  v.minValue(1, 'a whole number from 1'),
);
const FixedColumnSchema = v.pipe(
  object({ name: text, from: place, to: place }),
  v.check(({ from, to }) => from <= to, 'to at or after from'),
);

const columnNames = v.pipe(v.array(text, 'a list of names'), v.minLength(1, 'at least one name'));

export const MappingSchema = object({
  format: v.optional(v.picklist(FORMATS, FORMATS.join(', '))),
  delimiter: v.optional(character),
  quote: v.optional(character),
  columns: v.optional(
    v.lazy((input) =>
      Array.isArray(input) && input.some((item) => typeof item === 'object')
        ? v.array(FixedColumnSchema, 'a list of columns')
        : columnNames,
    ),
  ),
  absent: v.optional(v.array(v.string('a text'), 'a list of texts'), ['', '\\N']), // \N: what databases export for null
  joins: v.optional(v.record(v.string(), JoinSchema, 'a table of joins'), {}),
  event: EventSchema,
});

export type Condition = v.InferOutput<typeof ConditionSchema>;
export type Value = v.InferOutput<typeof ValueObject>;
export type Join = v.InferOutput<typeof JoinSchema>;
export type EventMapping = v.InferOutput<typeof EventSchema>;
export type Mapping = v.InferOutput<typeof MappingSchema>;
