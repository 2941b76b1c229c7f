import type { BoundValue, Dynamic, Query, Value, ValueType } from '../tree/nodes.ts';
import { walk } from '../tree/walk.ts';

/** A bound parameter of a compiled query. */
export interface Parameter {
  readonly type: ValueType | 'Identifier';
  readonly value: BoundValue;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The column under which the keys of an event's properties are found. */
const PROPERTIES = 'properties';

const keyOf = (node: Value | Dynamic): string =>
  node.kind === 'value' ? JSON.stringify([node.name, node.type, node.value]) : JSON.stringify([node.key]);

const parameterOf = (node: Value | Dynamic): Parameter =>
  Object.freeze(
    node.kind === 'value'
      ? { type: node.type, value: node.value }
      : { type: 'Identifier' as const, value: `${PROPERTIES}.${node.key}` },
  );

export interface NamedParameters {
  readonly parameters: Parameters;
  readonly nameOf: (node: Value | Dynamic) => string;
}

/**
 * Names the parameters of a query in the order in which they are printed: the same query always gets the same names.
 * Equal values that are called the same share one parameter; another value of the same name gets a number.
 */
export function nameParameters(query: Query): NamedParameters {
  const names = new Map<string, string>();
  const parameters: Record<string, Parameter> = {};
  for (const node of walk(query)) {
    if (node.kind !== 'value' && node.kind !== 'dynamic') continue;
    const key = keyOf(node);
    if (names.has(key)) continue;
    const wish = node.kind === 'value' ? node.name : 'property';
    let name = wish;
    for (let number = 2; Object.hasOwn(parameters, name); number++) name = `${wish}_${String(number)}`;
    names.set(key, name);
    parameters[name] = parameterOf(node);
  }
  const nameOf = (node: Value | Dynamic): string => {
    const name = names.get(keyOf(node));
    if (name === undefined) throw new Error(`parameter of ${keyOf(node)} was not walked`);
    return name;
  };
  return { parameters: Object.freeze(parameters), nameOf };
}
