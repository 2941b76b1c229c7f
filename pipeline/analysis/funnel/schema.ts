import * as v from 'valibot';
import type { DefinitionFault } from '../definitions/error.ts';
import { quoteFound } from '../definitions/error.ts';
import { breakdownEntry, commonEntries, eventNameSchema, integerSchema, secondsSchema } from '../definitions/common.ts';
import { filtersSchema, propertySchema } from '../definitions/filters.ts';
import { object } from '../definitions/object.ts';

export const MAX_STEPS = 10;
const MAX_EXCLUSIONS = 5;

const stepSchema = object({
  event: eventNameSchema,
  filters: v.optional(filtersSchema, []),
  name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.description('What people call the step'))),
});
export type Step = v.InferOutput<typeof stepSchema>;

const position = integerSchema(1, MAX_STEPS);
const exclusionSchema = object({
  event: eventNameSchema,
  filters: v.optional(filtersSchema, []),
  after_step: v.pipe(position, v.description('The step, counted from 1, after which the event must not happen')),
  before_step: v.pipe(position, v.description('… and the later step before which it must not')),
});
export type Exclusion = v.InferOutput<typeof exclusionSchema>;

const unitNames = v.picklist(['user', 'session']);
const unitProperty = object({ property: propertySchema });

/** An object is measured against the form with a property, so that a fault names the field in it. */
const unitSchema: v.GenericSchema<v.InferOutput<typeof unitNames> | v.InferOutput<typeof unitProperty>> = v.lazy(
  (input) => {
    if (input === undefined) return v.union([unitNames, unitProperty]);
    return typeof input === 'object' ? unitProperty : unitNames;
  },
);

export const funnelSchema = v.pipe(
  object({
    analysis: v.literal('funnel'),
    ...commonEntries,
    ...breakdownEntry,
    steps: v.pipe(v.array(stepSchema), v.minLength(2), v.maxLength(MAX_STEPS)),
    window_seconds: v.optional(
      v.pipe(secondsSchema, v.description('All steps lie within this span, counted from the first step')),
      86_400,
    ),
    order: v.optional(v.picklist(['ordered', 'strict', 'any']), 'ordered'),
    unit: v.optional(unitSchema, 'user'),
    exclusions: v.optional(v.pipe(v.array(exclusionSchema), v.maxLength(MAX_EXCLUSIONS)), []),
  }),
  v.description('How many units go through a sequence of events, and how long they take'),
);
export type FunnelDefinition = v.InferOutput<typeof funnelSchema>;

/** Faults between fields: exclusions lie between two steps that exist, and have no meaning without an order. */
export function funnelFaults({ steps, order, exclusions }: FunnelDefinition): DefinitionFault[] {
  if (order === 'any' && exclusions.length > 0)
    return [{ path: 'exclusions', found: quoteFound(exclusions), allowed: 'none where `order` is "any"' }];
  return exclusions.flatMap(({ after_step: after, before_step: before }, index) => {
    const at = `exclusions.${String(index)}`;
    if (before > steps.length)
      return [
        { path: `${at}.before_step`, found: String(before), allowed: `at most ${String(steps.length)}, the last step` },
      ];
    return after < before
      ? []
      : [
          {
            path: `${at}.after_step`,
            found: String(after),
            allowed: `less than before_step, which is ${String(before)}`,
          },
        ];
  });
}
