import { compile, type CompileOptions, type CompiledQuery, type Definition } from '@suuupra/analysis';
import type { BoundParameters, BoundSql } from '../types.ts';

/** A compiled definition whose open times are bound to the time range of the request. */
export interface RangedQuery extends BoundSql {
  rawSql: string;
  params: BoundParameters;
  facts?: BoundSql;
  /** The definition with its defaults; its open times are left out. */
  definition: Omit<Definition, 'from' | 'to'> & { from?: string; to?: string };
}

/** Times that stand for the open ones while a definition is compiled. Two of each: see boundTimes. */
const PROBES = [
  { from: '2001-02-03T04:05:06.789Z', to: '2098-07-06T05:04:03.210Z' },
  { from: '2002-03-04T05:06:07.891Z', to: '2097-06-05T04:03:02.109Z' },
] as const;

type Probe = Record<'from' | 'to', string>;
type Bind = 'from' | 'to';

/** How a compiled query writes a time. */
const asParameter = (instant: string): string => instant.replace('T', ' ').replace('Z', '');

/**
 * Compiles a definition. Of `from` and `to`, what it does not say becomes a parameter that the backend binds to the time
 * range of the dashboard or alert rule, so that the stored SQL needs no editor to be run.
 *
 * @throws DefinitionError if the definition is wrong
 * @throws Error if the analysis makes more of its times than parameters; such a one must state them
 */
export function compileForRange(definition: Record<string, unknown>, options: CompileOptions = {}): RangedQuery {
  const open = (['from', 'to'] as const).filter((name) => definition[name] === undefined);
  const [first, second] = PROBES.map((probe) => ({
    probe,
    compiled: compile({ ...definition, ...Object.fromEntries(open.map((name) => [name, probe[name]])) }, options),
  }));
  if (first === undefined || second === undefined) throw new Error('there are two probes');
  const bind = (a: CompiledQuery, b: CompiledQuery): { rawSql: string; params: BoundParameters } => ({
    rawSql: a.sql,
    params: boundTimes(a, b, first.probe, second.probe, open),
  });
  const normalized = { ...first.compiled.definition } as RangedQuery['definition'];
  for (const name of open) Reflect.deleteProperty(normalized, name);
  const facts = first.compiled.meta;
  return {
    ...bind(first.compiled, second.compiled),
    ...(facts !== undefined && second.compiled.meta !== undefined ? { facts: bind(facts, second.compiled.meta) } : {}),
    definition: normalized,
  };
}

/**
 * Finds the parameters that hold the open times: those that differ between two compilations with different times, and
 * that are exactly one of these times in both. Anything else that differs was derived from a time, and cannot be bound.
 */
function boundTimes(
  a: CompiledQuery,
  b: CompiledQuery,
  one: Probe,
  two: Probe,
  open: readonly Bind[],
): BoundParameters {
  const bound: BoundParameters = {};
  let derived = a.sql !== b.sql;
  for (const [name, { type, value }] of Object.entries(a.params)) {
    const other = b.params[name]?.value;
    const time = open.find((item) => value === asParameter(one[item]) && other === asParameter(two[item]));
    if (time !== undefined) bound[name] = { type, bind: time };
    else bound[name] = { type, value };
    derived ||= time === undefined && JSON.stringify(value) !== JSON.stringify(other);
  }
  if (derived) throw new Error('this analysis needs its own "from" and "to"');
  return bound;
}
