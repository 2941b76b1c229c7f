import type { FunctionName } from './functions.ts';
import type {
  BoundValue,
  Call,
  Cast,
  CastType,
  Column,
  Constant,
  Dynamic,
  Expression,
  Lambda,
  Named,
  Operation,
  Operator,
  OrderItem,
  Over,
  Query,
  Select,
  Source,
  Subquery,
  Union,
  Value,
  ValueType,
  WindowFrame,
} from './nodes.ts';

const frozen = <T extends object>(node: T): Readonly<T> => Object.freeze(node);

/** Constants may be written as they are. */
export type Operand = Expression | number | boolean | null;

const expression = (operand: Operand): Expression =>
  typeof operand === 'object' && operand !== null ? operand : constant(operand);

/** A value of the definition. `name` is what the parameter is called if no other value has the name. */
export const value = (name: string, type: ValueType, bound: BoundValue): Value =>
  frozen({ kind: 'value', name, type, value: Array.isArray(bound) ? frozen([...bound]) : bound });

export const constant = (of: number | boolean | null | ''): Constant => frozen({ kind: 'constant', value: of });

/** A column of the source, or of the one called `of`. */
export const column = (name: string, of?: string): Column => frozen({ kind: 'column', name, of });

/** A key of an event's `properties`. */
export const dynamic = (key: string): Dynamic => frozen({ kind: 'dynamic', key });

export const call = (name: FunctionName, ...args: readonly Operand[]): Call =>
  frozen({ kind: 'call', name, parameters: [], args: args.map(expression) });

/** A call of a parametric aggregate function: `name(parameters)(args)`. */
export const parametric = (name: FunctionName, parameters: readonly Operand[], ...args: readonly Operand[]): Call =>
  frozen({ kind: 'call', name, parameters: parameters.map(expression), args: args.map(expression) });

const operation = (operator: Operator, operands: readonly Operand[]): Operation =>
  frozen({ kind: 'operation', operator, operands: operands.map(expression) });

/** All hold; of none: true. */
export const and = (...operands: readonly Operand[]): Expression =>
  operands.length > 1 ? operation('and', operands) : expression(operands[0] ?? true);

/** At least one holds; of none: false. */
export const or = (...operands: readonly Operand[]): Expression =>
  operands.length > 1 ? operation('or', operands) : expression(operands[0] ?? false);

export const not = (operand: Operand): Expression => call('not', operand);
export const equal = (a: Operand, b: Operand): Operation => operation('=', [a, b]);
export const unequal = (a: Operand, b: Operand): Operation => operation('!=', [a, b]);
export const compare = (a: Operand, operator: '<' | '<=' | '>' | '>=', b: Operand): Operation =>
  operation(operator, [a, b]);
export const isIn = (a: Operand, b: Operand): Operation => operation('in', [a, b]);
export const plus = (...operands: readonly Operand[]): Operation => operation('+', operands);
export const minus = (a: Operand, b: Operand): Operation => operation('-', [a, b]);
export const times = (...operands: readonly Operand[]): Operation => operation('*', operands);
export const over = (a: Operand, b: Operand): Operation => operation('/', [a, b]);

export const lambda = (parameters: readonly string[], body: Operand): Lambda =>
  frozen({ kind: 'lambda', parameters: frozen([...parameters]), body: expression(body) });

export const cast = (of: Operand, type: CastType): Cast => frozen({ kind: 'cast', of: expression(of), type });

/** A call over a window of rows. */
export const windowed = (
  of: Call,
  window: { partitionBy?: readonly Expression[]; orderBy?: readonly OrderItem[]; frame?: WindowFrame },
): Over =>
  frozen({
    kind: 'over',
    call: of,
    partitionBy: window.partitionBy ?? [],
    orderBy: window.orderBy ?? [],
    frame: window.frame,
  });

export const subquery = (query: Query): Subquery => frozen({ kind: 'subquery', query });

export const named = (as: string, of: Operand): Named => frozen({ expression: expression(of), as });

/** A column under its own name. */
export const itself = (name: string): Named => named(name, column(name));

export const ascending = (by: Expression, nulls?: 'first' | 'last'): OrderItem =>
  frozen({ by, direction: 'asc', nulls });
export const descending = (by: Expression, nulls?: 'first' | 'last'): OrderItem =>
  frozen({ by, direction: 'desc', nulls });

/** The stored events, every event once. Analyses read them through parts/events.ts. */
export const storedEvents: Source = frozen({ kind: 'events' });
/** A query of the WITH clause. */
export const from = (name: string, as?: string): Source => frozen({ kind: 'named', name, as });
export const derived = (query: Query, as?: string): Source => frozen({ kind: 'derived', query, as });

/** A query; every clause but the columns may be left out. */
export const select = (clauses: Partial<Omit<Select, 'kind'>> & Pick<Select, 'columns'>): Select =>
  frozen({
    kind: 'select',
    with: [],
    distinct: false,
    from: undefined,
    arrayJoin: [],
    joins: [],
    where: undefined,
    groupBy: [],
    groupingSets: undefined,
    having: undefined,
    orderBy: [],
    limitBy: undefined,
    limit: undefined,
    offset: undefined,
    ...clauses,
  });

export const union = (...queries: readonly Query[]): Union => frozen({ kind: 'union', queries });
