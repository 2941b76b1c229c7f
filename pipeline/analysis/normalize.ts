import * as v from 'valibot';
import type { Analysis, AnyDefinition, DefinitionTools } from './analysis.ts';
import { DefinitionError, quoteFound, type DefinitionFault } from './definitions/error.ts';
import { faultsOf } from './definitions/faults.ts';
import { parseInstant } from './definitions/instants.ts';

const NEWLY_READ = { from: 'start', to: 'start', as_of: 'end' } as const;

/** Times as UTC with milliseconds, so that the timezone no longer takes part in what instant they name. */
function withInstants<D extends AnyDefinition>(definition: D): D {
  const times: Record<string, string> = {};
  for (const [field, edge] of Object.entries(NEWLY_READ)) {
    const text = definition[field as keyof typeof NEWLY_READ];
    const instant = text === undefined ? undefined : parseInstant(text, definition.timezone ?? 'UTC', edge);
    if (instant !== undefined) times[field] = new Date(instant).toISOString();
  }
  return { ...definition, ...times };
}

function rangeFaults({ from, to }: AnyDefinition): DefinitionFault[] {
  if (from === undefined || to === undefined || from <= to) return [];
  return [{ path: 'to', found: quoteFound(to), allowed: `a time at or after \`from\`, which is ${quoteFound(from)}` }];
}

/** A copy without fields that are undefined, all the way down, frozen. */
function settled<T>(of: T): T {
  if (Array.isArray(of)) return Object.freeze(of.map(settled)) as T;
  if (typeof of !== 'object' || of === null) return of;
  const entries = Object.entries(of).filter(([, item]) => item !== undefined);
  return Object.freeze(Object.fromEntries(entries.map(([key, item]) => [key, settled(item)]))) as T;
}

/**
 * Checks a definition against the schema of its analysis and fills in all defaults. What comes out goes in again
 * unchanged.
 * @param analyses the analyses that exist, by name
 * @param input anything, such as parsed JSON; it is not changed
 * @throws DefinitionError with every fault that was found
 */
export function normalizeWith(
  analyses: Readonly<Record<string, Analysis>>,
  input: unknown,
  tools: DefinitionTools,
): AnyDefinition {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new DefinitionError([{ path: '', found: quoteFound(input), allowed: 'an object' }]);
  const name: unknown = 'analysis' in input ? input.analysis : undefined;
  const analysis = typeof name === 'string' && Object.hasOwn(analyses, name) ? analyses[name] : undefined;
  if (analysis === undefined) {
    const allowed = Object.keys(analyses).map(quoteFound).join(' or ');
    throw new DefinitionError([{ path: 'analysis', found: quoteFound(name), allowed }]);
  }
  const parsed = v.safeParse(analysis.schema, input);
  if (!parsed.success) throw new DefinitionError(faultsOf(parsed.issues));
  const definition = withInstants(parsed.output);
  const faults = [...rangeFaults(definition), ...(analysis.check?.(definition) ?? [])];
  if (faults.length > 0) throw new DefinitionError(faults);
  return settled(analysis.complete?.(definition, tools) ?? definition);
}
