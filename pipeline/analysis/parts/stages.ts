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

/**
 * The same columns in as few stages as their dependencies allow, each as late as it can be: planning a query costs in
 * proportion to the square of its stages, and an expensive expression again for every stage after its own.
 * No column may replace an earlier one of its name. The last stage keeps its name if a column of it is kept.
 */
export function fused(stages: readonly Stage[], keep: readonly string[]): readonly Stage[] {
  const columns = stages.flatMap((of) => of.columns.map((item) => ({ ...item, stage: of.name })));
  /** How many stages follow the one a column must be in; of columns that nothing needs there is none. */
  const distances = new Map(keep.map((name) => [name, 0]));
  for (const { as, expression } of columns.toReversed()) {
    const distance = distances.get(as);
    if (distance === undefined) continue;
    for (const name of spokenOf(expression)) distances.set(name, Math.max(distances.get(name) ?? 0, distance + 1));
  }
  const levels = new Map<number, { name: string; columns: Named[] }>();
  for (const { stage: name, as, expression } of columns) {
    const distance = distances.get(as);
    if (distance !== undefined)
      levels.set(distance, { name, columns: [...(levels.get(distance)?.columns ?? []), named(as, expression)] });
  }
  const taken = new Set<string>();
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([distance, level]) => {
      const name = taken.has(level.name) ? `${level.name}_${String(distance)}` : level.name;
      taken.add(name);
      return { name, columns: level.columns };
    })
    .reverse();
}
