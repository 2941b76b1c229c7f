import { compile, type CompileOptions, type CompiledQuery, type Definition, type Parameter } from '@suuupra/analysis';
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

/** The part of a definition that has times and filters: of a question about another analysis, that analysis. */
const subjectOf = (definition: Record<string, unknown>): Record<string, unknown> =>
  definition['analysis'] === 'why' && typeof definition['of'] === 'object' && definition['of'] !== null
    ? (definition['of'] as Record<string, unknown>)
    : definition;

/** The definition with its subject changed. */
export function withSubject(
  definition: Record<string, unknown>,
  change: (subject: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const subject = subjectOf(definition);
  return subject === definition ? change(definition) : { ...definition, of: change(subject) };
}

/** The instant that a compiled query writes as a value of DateTime64; undefined for anything else. */
function instantOf({ type, value }: Parameter): number | undefined {
  if (!type.startsWith('DateTime64') || typeof value !== 'string') return undefined;
  return Date.parse(`${value.replace(' ', 'T')}Z`);
}

/**
 * Compiles a definition. Of `from` and `to`, what it does not say becomes a parameter that the backend binds to the time
 * range of the dashboard or alert rule, so that the stored SQL needs no editor to be run.
 *
 * @throws DefinitionError if the definition is wrong
 * @throws Error if the analysis makes more of its times than parameters; such a one must state them
 */
export function compileForRange(definition: Record<string, unknown>, options: CompileOptions = {}): RangedQuery {
  const open = (['from', 'to'] as const).filter((name) => subjectOf(definition)[name] === undefined);
  const [first, second] = PROBES.map((probe) => ({
    probe,
    compiled: compile(
      withSubject(definition, (subject) => ({
        ...subject,
        ...Object.fromEntries(open.map((name) => [name, probe[name]])),
      })),
      options,
    ),
  }));
  if (first === undefined || second === undefined) throw new Error('there are two probes');
  const bind = (a: CompiledQuery, b: CompiledQuery): { rawSql: string; params: BoundParameters } => ({
    rawSql: a.sql,
    params: boundTimes(a, b, first.probe, second.probe, open),
  });
  const normalized = withSubject({ ...first.compiled.definition }, (subject) =>
    Object.fromEntries(Object.entries(subject).filter(([name]) => !open.some((left) => left === name))),
  ) as RangedQuery['definition'];
  const facts = first.compiled.meta;
  return {
    ...bind(first.compiled, second.compiled),
    ...(facts !== undefined && second.compiled.meta !== undefined ? { facts: bind(facts, second.compiled.meta) } : {}),
    definition: normalized,
  };
}

/**
 * Finds the parameters that are an open time, or a fixed span before or after one, as the end of the window of a funnel
 * is: the times of two compilations differ by the same amount. Anything else that differs was made of a time in another
 * way, such as the start of its day, and cannot be bound.
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
  for (const [name, parameter] of Object.entries(a.params)) {
    const other = b.params[name];
    if (JSON.stringify(parameter) === JSON.stringify(other)) {
      bound[name] = { type: parameter.type, value: parameter.value };
      continue;
    }
    const [first, second] = [instantOf(parameter), other === undefined ? undefined : instantOf(other)];
    const offsets = open.map((bind) => ({
      bind,
      offset: (first ?? NaN) - Date.parse(one[bind]),
      again: (second ?? NaN) - Date.parse(two[bind]),
    }));
    const found = offsets.find(({ offset, again }) => offset === again);
    if (found === undefined) derived = true;
    else
      bound[name] = {
        type: parameter.type,
        bind: found.bind,
        ...(found.offset === 0 ? {} : { offset_ms: found.offset }),
      };
  }
  if (derived) throw new Error('this analysis needs its own "from" and "to"');
  return bound;
}

/**
 * Compiles a definition for one request, whose time range takes the place of the times that it leaves out.
 * @throws DefinitionError if the definition is wrong
 */
export function compileForRequest(
  definition: Record<string, unknown>,
  range: Probe,
  options: CompileOptions = {},
): RangedQuery {
  const {
    sql,
    params,
    meta,
    definition: normalized,
  } = compile(
    withSubject(definition, (subject) => ({ ...range, ...subject })),
    options,
  );
  const facts = meta === undefined ? {} : { facts: { rawSql: meta.sql, params: { ...meta.params } } };
  return { rawSql: sql, params: { ...params }, ...facts, definition: normalized };
}
