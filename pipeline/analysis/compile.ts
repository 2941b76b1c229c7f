import type { AnyDefinition, DefinitionTools, PlannedQuery, ResultColumn } from './analysis.ts';
import { check } from './check/check.ts';
import { DefinitionError } from './definitions/error.ts';
import { normalizeWith } from './normalize.ts';
import type { Parameters } from './render/parameters.ts';
import { render } from './render/render.ts';
import { analysisNamed, ANALYSES, type Definition } from './registry.ts';

/** A query that is ready to be run. */
export interface CompiledQuery {
  /** ClickHouse SQL with `{name:Type}` where a value is bound. */
  readonly sql: string;
  readonly params: Parameters;
  /** What it returns, in order. */
  readonly columns: readonly ResultColumn[];
}

export interface Compiled extends CompiledQuery {
  /** The normalised definition, all defaults filled in. */
  readonly definition: Definition;
  /** A query of one row whose columns become fields of the answer's `meta`. */
  readonly meta?: CompiledQuery;
  /** What a reader of the answer has to be warned of, in sentences. */
  readonly warnings: readonly string[];
}

export interface CompileOptions {
  /** Database of the table `events`. */
  readonly database?: string;
}

/** Normalises a definition inside another; its faults are named by where it stands. */
function normalizeAt(definition: unknown, path: string): AnyDefinition {
  try {
    return normalize(definition) as AnyDefinition;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new DefinitionError(
      error.faults.map((fault) => ({ ...fault, path: fault.path === '' ? path : `${path}.${fault.path}` })),
    );
  }
}

const tools: DefinitionTools = {
  normalize: normalizeAt,
  plan: (definition) => analysisNamed(definition.analysis).compile(definition, tools),
};

/**
 * Checks a definition and fills in its defaults.
 * @throws DefinitionError with the path of every bad field, what was found and what is allowed
 */
export const normalize = (definition: unknown): Definition => normalizeWith(ANALYSES, definition, tools) as Definition;

function finish({ query, columns }: PlannedQuery, database: string): CompiledQuery {
  const rendered = render(query, database);
  check(query, columns, rendered);
  return Object.freeze({ sql: rendered.sql, params: rendered.parameters, columns: Object.freeze([...columns]) });
}

/**
 * Compiles a definition to SQL. Pure: the input is not changed, the same input gives the same text.
 *
 *     definition ── normalize ──► definition with all defaults
 *                                   │ compile of the analysis (funnel/, retention/, …)
 *                                   ▼
 *                                 tree ── render ──► text, parameters
 *                                   │                   │
 *                                   └───── check ◄──────┘   refuses what must not leave
 *
 * @throws DefinitionError
 */
export function compile(definition: unknown, options: CompileOptions = {}): Compiled {
  const database = options.database ?? 'analytics';
  const normalized = normalize(definition);
  const plan = tools.plan(normalized as AnyDefinition);
  return Object.freeze({
    definition: normalized,
    ...finish(plan, database),
    ...(plan.meta === undefined ? {} : { meta: finish(plan.meta, database) }),
    warnings: Object.freeze([...(plan.warnings ?? [])]),
  });
}
