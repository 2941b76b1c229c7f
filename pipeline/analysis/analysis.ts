import type * as v from 'valibot';
import type { CommonDefinition } from './definitions/common.ts';
import type { DefinitionFault } from './definitions/error.ts';
import type { Query } from './tree/nodes.ts';

/**
 * How a column travels: `text`, `count` (a whole number below 2^53), `number` (double precision), `money` (decimal, a
 * string on the wire), `time` (UTC), `boolean`.
 */
export type ColumnType = 'text' | 'count' | 'number' | 'money' | 'time' | 'boolean';

/** A column of the answer. */
export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** A query and the columns that it returns, in order. */
export interface PlannedQuery {
  readonly query: Query;
  readonly columns: readonly ResultColumn[];
}

/** What the compiler of one analysis gives: the rows, and facts that belong to the answer as a whole. */
export interface Plan extends PlannedQuery {
  /** A query of exactly one row whose columns become fields of the answer's `meta`. */
  readonly meta?: PlannedQuery;
  /** What a reader of the answer has to be warned of, in sentences. */
  readonly warnings?: readonly string[];
}

/** What analyses that contain another definition need of the frame. */
export interface DefinitionTools {
  /**
   * Normalises a definition inside a definition.
   * @param path where it stands, for the paths of faults
   */
  readonly normalize: (definition: unknown, path: string) => AnyDefinition;
  readonly plan: (definition: AnyDefinition) => Plan;
}

/** A normalised definition of whatever analysis. One that is about another definition has no common fields itself. */
export type AnyDefinition = Partial<CommonDefinition> & { readonly analysis: string };

type Schema = v.GenericSchema<unknown, AnyDefinition>;

/** Everything that the frame knows of one analysis. A folder per analysis exports one; registry.ts lists them. */
export interface Analysis<S extends Schema = Schema> {
  readonly name: string;
  readonly schema: S;
  /** Faults that only several fields together show; called with a definition that satisfies the schema. */
  readonly check?: (definition: v.InferOutput<S>) => readonly DefinitionFault[];
  /** Defaults that depend on other fields; must give back unchanged what it gave once. */
  readonly complete?: (definition: v.InferOutput<S>, tools: DefinitionTools) => v.InferOutput<S>;
  readonly compile: (definition: v.InferOutput<S>, tools: DefinitionTools) => Plan;
}

/**
 * An analysis as the frame holds it. Inside, the definition has the schema's own type; outside, the schema has already
 * proven it, which is why the types may be forgotten here and nowhere else.
 */
export const defineAnalysis = <S extends Schema>(analysis: Analysis<S>): Analysis<S> => Object.freeze(analysis);

/** Columns by their types; `?` behind a type says that the value may be null. */
export const columns = (types: Readonly<Record<string, ColumnType | `${ColumnType}?`>>): readonly ResultColumn[] =>
  Object.entries(types).map(([name, type]) =>
    Object.freeze({ name, type: type.replace('?', '') as ColumnType, nullable: type.endsWith('?') }),
  );
