import * as v from 'valibot';
import { object } from './object.ts';

/** A JSON value that a property can have. */
export const scalarSchema = v.union([v.string(), v.pipe(v.number(), v.finite()), v.boolean()]);
export type Scalar = v.InferOutput<typeof scalarSchema>;

/** The name of a column of the event or of a key of its properties. */
export const propertySchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.check((name) => !/[\0\p{Cs}]/u.test(name), 'well-formed text without NUL'),
  v.description('A column of the event (event_type, user_id, …) or a key of its properties'),
);

const LONGEST_LIST = 10_000;
const text = v.pipe(v.string(), v.description('Text, compared byte for byte'));

const condition = <const Operators extends [string, ...string[]], Value extends v.GenericSchema>(
  operators: Operators,
  value: Value,
) => object({ property: propertySchema, op: v.picklist(operators), value });

const conditionSchemas = [
  condition(['eq', 'neq'], scalarSchema),
  condition(['in', 'not_in'], v.pipe(v.array(scalarSchema), v.maxLength(LONGEST_LIST))),
  condition(['gt', 'gte', 'lt', 'lte'], v.union([v.pipe(v.number(), v.finite()), v.string()])),
  condition(['contains', 'not_contains', 'starts_with'], text),
  condition(['matches'], v.pipe(v.string(), v.maxLength(1000), v.description('RE2 expression, unanchored'))),
  object({ property: propertySchema, op: v.picklist(['exists', 'not_exists']) }),
] as const;

export type Condition = v.InferOutput<(typeof conditionSchemas)[number]>;
export type Operator = Condition['op'];

/** A condition on one property, or `any`: at least one of its members holds. A list inside `any` is an AND. */
export type Filter = Condition | { readonly any: readonly (Filter | readonly Filter[])[] };

const conditionSchema = v.variant('op', conditionSchemas);

/**
 * Which of the two forms a filter has is seen from the field `any`, so that a fault names the field of that form. Asked
 * without an input (for the JSON Schema) both forms are named.
 */
export const filterSchema: v.GenericSchema<Filter> = v.lazy((input) => {
  if (input === undefined) return v.union([conditionSchema, anySchema]);
  return typeof input === 'object' && input !== null && 'any' in input ? anySchema : conditionSchema;
});

export const filtersSchema = v.pipe(
  v.array(filterSchema),
  v.maxLength(100),
  v.description('Conditions that must all hold'),
);

const memberSchema: v.GenericSchema<Filter | Filter[]> = v.lazy((input) => {
  if (input === undefined) return v.union([filterSchema, filtersSchema]);
  return Array.isArray(input) ? filtersSchema : filterSchema;
});

const anySchema = object({ any: v.pipe(v.array(memberSchema), v.minLength(1), v.maxLength(100)) });
