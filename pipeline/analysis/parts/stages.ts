import { from, itself, named, select } from '../tree/build.ts';
import type { Expression, Named, Select } from '../tree/nodes.ts';
import { walk } from '../tree/walk.ts';

/** Columns that are computed together, out of columns of earlier stages. */
export interface Stage {
  readonly name: string;
  readonly columns: readonly Named[];
}

/** The names of columns that an expression speaks of, arguments of its lambdas included. */
export function spokenOf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of walk(expression)) if (node.kind === 'column') names.add(node.name);
  return names;
}

/**
 * A chain of named queries, each of which adds columns to those of the one before and hands on only what is still
 * needed. A column that is used several times must be in a stage of its own: ClickHouse copies the whole expression for
 * every use of an alias within one SELECT, and the copies of copies grow without bound.
 * @param source the query that the first stage reads, and the columns it has
 * @param keep the columns of the last stage
 */
export function staged(
  source: { readonly name: string; readonly columns: readonly string[] },
  stages: readonly Stage[],
  keep: readonly string[],
): Select['with'] {
  const queries: { name: string; is: Select }[] = [];
  let available = [...source.columns];
  let reads = source.name;
  stages.forEach((stage, index) => {
    const added = stage.columns.map((item) => item.as);
    const later = new Set(keep);
    for (const following of stages.slice(index + 1))
      for (const { expression } of following.columns) for (const name of spokenOf(expression)) later.add(name);
    const handedOn = available.filter((name) => later.has(name) && !added.includes(name));
    const computed = stage.columns.filter((item) => later.has(item.as));
    queries.push({
      name: stage.name,
      is: select({ columns: [...handedOn.map(itself), ...computed], from: from(reads) }),
    });
    available = [...handedOn, ...computed.map((item) => item.as)];
    reads = stage.name;
  });
  return queries;
}

/** A stage of one column that has the stage's name. */
export const stage = (name: string, of: Expression): Stage => ({ name, columns: [named(name, of)] });
