import { DefinitionError, quoteFound } from '../definitions/error.ts';

/**
 * What `definitions/` holds, by kind and name. `events` are `{event, filters?, name?, description?}`, `metrics` are those
 * of experiments without a name (`{type, event, …, description?}`), `definitions` are whole analyses. All of them may
 * name others; checkCatalogue says whether everything is valid.
 */
export interface Catalogue {
  readonly events: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly definitions: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (of: unknown): of is Fields => typeof of === 'object' && of !== null && !Array.isArray(of);

const LISTED = 20;

/** The entry of a name; what it is not, in words, otherwise. */
function lookUp(name: string, kind: keyof Catalogue, catalogue: Catalogue, path: string): Fields {
  const entries = catalogue[kind];
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (isFields(entry)) return entry;
  const names = Object.keys(entries);
  const known = names.slice(0, LISTED).map(quoteFound).join(' or ') + (names.length > LISTED ? ' or …' : '');
  const what = `the name of one of the ${kind} in the catalogue`;
  throw new DefinitionError([
    { path, found: quoteFound(name), allowed: names.length === 0 ? `${what}, which has none` : `${what}: ${known}` },
  ]);
}

const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Replaces some fields of an object, where they are there. */
const replaced = (fields: Fields, by: Readonly<Record<string, (of: unknown, field: string) => unknown>>): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, of]) => [name, Object.hasOwn(by, name) ? by[name]?.(of, name) : of]),
  );

const at = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);

class Resolver {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** An event object: `named` ones may carry the name that people see. */
  event(of: unknown, path: string, isNamed: boolean): unknown {
    if (typeof of !== 'string') return of;
    const entry = without(lookUp(of, 'events', this.#catalogue, path), 'description');
    return isNamed ? entry : without(entry, 'name');
  }

  events(of: unknown, path: string): unknown {
    return Array.isArray(of) ? of.map((item, index) => this.event(item, at(path, String(index)), true)) : of;
  }

  metric(of: unknown, path: string): unknown {
    const found =
      typeof of === 'string'
        ? { name: of, ...without(lookUp(of, 'metrics', this.#catalogue, path), 'description') }
        : of;
    if (!isFields(found)) return found;
    const side = (item: unknown, field: string): unknown => this.event(item, at(path, field), false);
    return replaced(found, { numerator: side, denominator: side });
  }

  metrics(of: unknown, path: string): unknown {
    return Array.isArray(of) ? of.map((item, index) => this.metric(item, at(path, String(index)))) : of;
  }

  /** @param within names of the definitions that this one was found in */
  definition(of: unknown, path: string, within: readonly string[]): unknown {
    if (typeof of === 'string') {
      if (within.includes(of))
        throw new DefinitionError([{ path, found: quoteFound(of), allowed: 'a definition that is not about itself' }]);
      return this.definition(lookUp(of, 'definitions', this.#catalogue, path), path, [...within, of]);
    }
    if (!isFields(of)) return of;
    const one = (item: unknown, field: string): unknown => this.event(item, at(path, field), false);
    const several = (item: unknown, field: string): unknown => this.events(item, at(path, field));
    return replaced(without(of, 'description'), {
      steps: several,
      series: several,
      start: of['analysis'] === 'retention' ? one : (item) => item,
      return: one,
      exposure: one,
      covariate: one,
      metric: (item, field) => this.metric(item, at(path, field)),
      metrics: (item, field) => this.metrics(item, at(path, field)),
      of: (item, field) => this.definition(item, at(path, field), within),
    });
  }
}

/**
 * Puts in place of every name what it is the name of: a definition by its name, in it `of`, metrics, and events where an
 * event object may stand (steps, series, start, return, exposure, covariate, numerator, denominator). What comes out is
 * for `normalize`, which judges it; what is no name is left as it is. Pure, and no names are left where it succeeds.
 * @throws DefinitionError where there is no such name, with the names that there are
 */
export const resolveNames = (input: unknown, catalogue: Catalogue): unknown =>
  new Resolver(catalogue).definition(input, '', []);

/** A metric of the catalogue, or of a definition, with names resolved. */
export const resolveMetric = (input: unknown, catalogue: Catalogue): unknown =>
  new Resolver(catalogue).metric(input, '');
