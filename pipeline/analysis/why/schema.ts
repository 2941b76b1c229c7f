import * as v from 'valibot';
import { object } from '../definitions/object.ts';
import type { AnyDefinition } from '../analysis.ts';

const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** The definition that is asked about; the frame checks it as a definition of its own (see why.ts). */
const ofSchema = v.custom<AnyDefinition>(
  (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
  'the definition of an analysis of users',
);

export const whySchema = v.pipe(
  object({
    analysis: v.literal('why'),
    of: v.pipe(ofSchema, v.description('The analysis that is asked about')),
    user: v.pipe(v.string(), v.regex(UUID, 'a user_id, which is a UUID'), v.toLowerCase()),
  }),
  v.description('Which events of a user an analysis counts and as what, and why not the others'),
);
export type WhyDefinition = v.InferOutput<typeof whySchema>;
