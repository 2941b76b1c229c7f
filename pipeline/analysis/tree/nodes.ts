/**
 * The tree that compilers build and the renderer prints. Nodes are data: readonly, frozen, made by the functions in
 * build.ts. There is no node for raw SQL. What comes from a definition is a `value` or a `dynamic` column: both are
 * bound by the server and never become text of the query.
 */
import type { FunctionName } from './functions.ts';

/** ClickHouse types of bound values. */
export type ValueType =
  | 'Bool'
  | 'Float64'
  | 'Int64'
  | 'UInt8'
  | 'UInt32'
  | 'UInt64'
  | 'String'
  | 'UUID'
  | "DateTime64(3, 'UTC')"
  | 'Array(String)'
  | 'Array(Float64)'
  | 'Array(Int64)'
  | 'Array(UUID)';

/** ClickHouse types that expressions are cast to. */
export type CastType =
  | ValueType
  | `Nullable(${'String' | 'Float64' | 'Int64' | 'UInt64' | 'UUID' | "DateTime64(3, 'UTC')" | 'Bool'})`
  | `Array(${'Int64' | 'UInt64' | 'UInt16' | 'UInt8' | 'UInt32'})`
  | 'Array(Array(Int64))'
  | 'Array(Tuple(Int64, UInt16))'
  | 'Nullable(Decimal(38, 9))'
  | `Decimal(${'38, 6' | '38, 9' | '76, 18'})`
  | 'Int8'
  | 'UInt16'
  | 'Int32'
  | 'Date32';

export type BoundValue = string | number | boolean | readonly (string | number)[];

/** A value of the definition, bound as `{name:type}`. */
export interface Value {
  readonly kind: 'value';
  /** What the parameter is called if the name is free. */
  readonly name: string;
  readonly type: ValueType;
  readonly value: BoundValue;
}

/** A constant of the compiler's own. Text is never one, but for the empty text. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number | boolean | null | '';
}

/** A column by a name that the compiler knows. */
export interface Column {
  readonly kind: 'column';
  readonly name: string;
  readonly of?: string | undefined;
}

/** A key of `properties`, named by the definition: the server resolves the bound identifier. */
export interface Dynamic {
  readonly kind: 'dynamic';
  readonly key: string;
}

export interface Call {
  readonly kind: 'call';
  readonly name: FunctionName;
  /** Parameters of a parametric aggregate function. */
  readonly parameters: readonly Expression[];
  readonly args: readonly Expression[];
}

export type Operator = 'and' | 'or' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | 'in';

export interface Operation {
  readonly kind: 'operation';
  readonly operator: Operator;
  readonly operands: readonly Expression[];
}

export interface Lambda {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface Cast {
  readonly kind: 'cast';
  readonly of: Expression;
  readonly type: CastType;
}

/** A call over a window. */
export interface Over {
  readonly kind: 'over';
  readonly call: Call;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: WindowFrame | undefined;
}

/** A frame of rows: `from` to `to`, in rows before (negative) or after the current one, or without a bound. */
export interface WindowFrame {
  readonly unit: 'rows' | 'range';
  readonly from: number | 'unbounded';
  readonly to: number | 'unbounded';
}

/** A query that gives one value, or the right side of IN. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly query: Query;
}

export type Expression = Value | Constant | Column | Dynamic | Call | Operation | Lambda | Cast | Over | Subquery;

export interface OrderItem {
  readonly by: Expression;
  readonly direction: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last' | undefined;
}

/** An expression and the name that it has from then on. */
export interface Named {
  readonly expression: Expression;
  readonly as: string;
}

/** The stored events, every event once; a query named in a WITH; a query in parentheses. */
export type Source =
  | { readonly kind: 'events' }
  | { readonly kind: 'named'; readonly name: string; readonly as?: string | undefined }
  | { readonly kind: 'derived'; readonly query: Query; readonly as?: string | undefined };

export interface Join {
  readonly type: 'inner' | 'left' | 'cross' | 'asof left';
  readonly source: Source;
  readonly using?: readonly string[] | undefined;
  readonly on?: Expression | undefined;
}

export interface Select {
  readonly kind: 'select';
  readonly with: readonly { readonly name: string; readonly is: Query | Expression }[];
  readonly distinct: boolean;
  readonly columns: readonly Named[];
  readonly from: Source | undefined;
  readonly arrayJoin: readonly Named[];
  readonly joins: readonly Join[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  /** Several groupings of the same rows; takes the place of groupBy. */
  readonly groupingSets: readonly (readonly Expression[])[] | undefined;
  readonly having: Expression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly limitBy: { readonly limit: Expression; readonly by: readonly Expression[] } | undefined;
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
}

export interface Union {
  readonly kind: 'union';
  readonly queries: readonly Query[];
}

export type Query = Select | Union;
