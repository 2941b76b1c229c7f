import { SuuupraError } from '@suuupra/core';
import * as v from 'valibot';

/** A whole number in the query of a URL. */
export const wholeNumber = (min: number, max: number, standard: number) =>
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,15}$/, `must be a whole number from ${String(min)} to ${String(max)}`),
      v.transform(Number),
      v.minValue(min, `must be at least ${String(min)}`),
      v.maxValue(max, `must be at most ${String(max)}`),
    ),
    String(standard),
  );

/** A time in the query of a URL, as milliseconds since 1970. */
export const time = v.pipe(
  v.string(),
  v.check((text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), 'must be a time in ISO 8601'),
  v.transform((text) => Date.parse(text)),
);

export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'must be a UUID'),
  v.toLowerCase(),
);

export const text = (longest: number) =>
  v.pipe(
    v.string('must be a text'),
    v.nonEmpty('must not be empty'),
    v.maxLength(longest, `must have at most ${String(longest)} characters`),
  );

/**
 * The parameters or the body of a request by their schema; what is not in it is refused.
 * @throws SuuupraError input_invalid with `faults` as a refused definition has them
 */
export function read<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => ({
    path: v.getDotPath(issue) ?? '',
    found: issue.received,
    allowed: issue.type === 'strict_object' ? 'nothing of this name' : issue.message,
  }));
  const message = faults.map(({ path, found, allowed }) => `${path} is ${found}: ${allowed}`).join('; ');
  throw new SuuupraError('input_invalid', message, { details: { faults } });
}
