import * as v from 'valibot';
import { normalize } from '../compile.ts';
import { eventNameSchema } from '../definitions/common.ts';
import { DefinitionError, quoteFound, type DefinitionFault } from '../definitions/error.ts';
import { faultsOf } from '../definitions/faults.ts';
import { filtersSchema } from '../definitions/filters.ts';
import { object } from '../definitions/object.ts';
import { metricSchema } from '../experiment/schema.ts';
import { resolveMetric, resolveNames, type Catalogue } from './resolve-names.ts';

const NAME = /^[a-z][a-z0-9_-]{0,99}$/;
const text = v.optional(v.pipe(v.string(), v.minLength(1)));
const eventSchema = object({
  event: eventNameSchema,
  filters: v.optional(filtersSchema, []),
  name: text,
  description: text,
});

function check(schema: v.GenericSchema, input: unknown): readonly DefinitionFault[] {
  const parsed = v.safeParse(schema, input);
  return parsed.success ? [] : faultsOf(parsed.issues);
}

/** How an entry of each kind is judged. */
const CHECKS: {
  readonly [Kind in keyof Catalogue]: (name: string, catalogue: Catalogue) => readonly DefinitionFault[];
} = {
  events: (name, { events }) => check(eventSchema, events[name]),
  metrics: (name, catalogue) => check(metricSchema, resolveMetric(name, catalogue)),
  definitions: (name, catalogue) => {
    normalize(resolveNames(name, catalogue));
    return [];
  },
};

function faultsOfEntry(kind: keyof Catalogue, name: string, catalogue: Catalogue): readonly DefinitionFault[] {
  if (!NAME.test(name))
    return [{ path: '', found: quoteFound(name), allowed: 'a name: lower-case letters, digits, - and _' }];
  try {
    return CHECKS[kind](name, catalogue);
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults;
    throw error;
  }
}

/** Everything that is wrong with a catalogue; paths begin with the kind and the name. */
export const checkCatalogue = (catalogue: Catalogue): readonly DefinitionFault[] =>
  (Object.keys(CHECKS) as (keyof Catalogue)[]).flatMap((kind) =>
    Object.keys(catalogue[kind]).flatMap((name) =>
      faultsOfEntry(kind, name, catalogue).map((fault) => ({
        ...fault,
        path: [kind, name, fault.path].filter((part) => part !== '').join('.'),
      })),
    ),
  );
