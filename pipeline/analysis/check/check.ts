import type { ResultColumn } from '../analysis.ts';
import type { Rendered } from '../render/render.ts';
import { FUNCTIONS } from '../tree/functions.ts';
import type { Query, Value, ValueType } from '../tree/nodes.ts';
import { walk } from '../tree/walk.ts';

/** A fault of a compiler, never of a definition: the query is not given out. */
export class CompilerFault extends Error {
  override readonly name = 'CompilerFault';
}

const KNOWN: ReadonlySet<string> = new Set(FUNCTIONS);

const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const isFinite = (value: unknown): boolean => Number.isFinite(value);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;
const isUuid = (value: unknown): boolean => isText(value) && UUID.test(value as string);
const listOf =
  (item: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(item);

/** Whether a value is one of its type. */
const FITS: Readonly<Record<ValueType, (value: unknown) => boolean>> = {
  Bool: (value) => typeof value === 'boolean',
  Float64: isFinite,
  Int64: isWhole,
  UInt8: (value) => isWhole(value) && (value as number) >= 0 && (value as number) < 256,
  UInt32: (value) => isWhole(value) && (value as number) >= 0 && (value as number) < 2 ** 32,
  UInt64: (value) => isWhole(value) && (value as number) >= 0,
  String: isText,
  UUID: isUuid,
  "DateTime64(3, 'UTC')": (value) => isText(value) && TIME.test(value as string),
  'Array(String)': listOf(isText),
  'Array(Float64)': listOf(isFinite),
  'Array(Int64)': listOf(isWhole),
  'Array(UUID)': listOf(isUuid),
};

function checkValue(node: Value): void {
  if (!FITS[node.type](node.value)) throw new CompilerFault(`parameter ${node.name} is no ${node.type}`);
  if (!/^[a-z][a-z0-9_]*$/.test(node.name)) throw new CompilerFault(`${node.name} is no name for a parameter`);
}

/** The names of the columns that a query returns. */
function returned(query: Query): readonly string[] {
  const first = query.kind === 'select' ? query : query.queries[0];
  if (first === undefined) throw new CompilerFault('a union of nothing');
  return first.kind === 'select' ? first.columns.map((column) => column.as) : returned(first);
}

/** Every query that is named must be one of a WITH clause; nothing but the stored events is read otherwise. */
function checkSources(query: Query): void {
  const defined = new Set<string>();
  for (const node of walk(query)) if (node.kind === 'select') for (const item of node.with) defined.add(item.name);
  for (const node of walk(query))
    if (node.kind === 'named' && !defined.has(node.name)) throw new CompilerFault(`${node.name} is not a named query`);
}

const PLACEHOLDER = /\{([a-z][a-z0-9_]*):([^}]+)\}/g;

/** The text and the parameters must name each other, with the same types. */
function checkParameters({ sql, parameters }: Rendered): void {
  const inText = new Map([...sql.matchAll(PLACEHOLDER)].map((match) => [match[1] ?? '', match[2]]));
  for (const [name, { type }] of Object.entries(parameters))
    if (inText.get(name) !== type) throw new CompilerFault(`parameter ${name} is not in the query as ${type}`);
  for (const name of inText.keys())
    if (!Object.hasOwn(parameters, name)) throw new CompilerFault(`parameter ${name} has no value`);
}

/**
 * The last pass over a query: what it says must hold whatever the compilers before did. It refuses, it never repairs.
 * @throws CompilerFault
 */
export function check(query: Query, columns: readonly ResultColumn[], rendered: Rendered): void {
  for (const node of walk(query)) {
    if (node.kind === 'value') checkValue(node);
    if (node.kind === 'call' && !KNOWN.has(node.name)) throw new CompilerFault(`${node.name} is not a known function`);
    if (node.kind === 'constant' && typeof node.value === 'string' && node.value !== '')
      throw new CompilerFault('a constant text');
  }
  checkSources(query);
  checkParameters(rendered);
  const names = returned(query);
  if (names.join() !== columns.map((column) => column.name).join())
    throw new CompilerFault(`columns ${names.join()} are not those that are declared`);
}
