import type { RowValues } from '../source/source.ts';
import type { MappedRow, Read } from './row.ts';

/** The columns of a joined file. */
export interface JoinColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** A key of an object, its own or nothing. */
function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined;
  return (value as Record<string, unknown>)[key];
}

/** A key of an object, or a path such as `user.id` into objects within it. A key that has dots itself goes first. */
function atPath(value: unknown, path: string): unknown {
  const whole = own(value, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const inner = own(value, path.slice(0, dot));
    const found = inner === undefined ? undefined : atPath(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds columns by name: those of the row, `JOIN.COLUMN` of a joined file, `column.key` of an object in a column. */
export class Columns {
  private readonly columns: readonly string[] | undefined;
  private readonly joins: readonly JoinColumns[];
  private readonly absent: ReadonlySet<unknown>;

  /**
   * @param columns of the file; undefined where every row names its own
   * @param joins that can be looked at
   * @param absent texts that stand for nothing
   */
  constructor(columns: readonly string[] | undefined, joins: readonly JoinColumns[], absent: readonly string[]) {
    this.columns = columns;
    this.joins = joins;
    this.absent = new Set<unknown>([...absent, null, undefined]);
  }

  /** The names that `find` knows. */
  names(): string[] {
    const joined = this.joins.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`));
    return [...(this.columns ?? []), ...joined];
  }

  /** A reader of the column, or undefined where there is none of that name. */
  find(name: string): Read | undefined {
    const read = this.inRow(name) ?? this.inJoin(name) ?? this.inObject(name);
    if (read === undefined) return undefined;
    return (row) => {
      const value = read(row);
      return this.absent.has(value) ? undefined : value;
    };
  }

  private inRow(name: string): Read | undefined {
    const at = this.columns?.indexOf(name) ?? -1;
    return at === -1 ? undefined : ({ values }) => (values as readonly unknown[])[at];
  }

  private inJoin(name: string): Read | undefined {
    for (const [index, join] of this.joins.entries()) {
      if (!name.startsWith(`${join.name}.`)) continue;
      const at = join.columns.indexOf(name.slice(join.name.length + 1));
      if (at !== -1) return ({ joined }) => joined[index]?.[at];
    }
    return undefined;
  }

  private inObject(name: string): Read | undefined {
    const { columns } = this;
    if (columns === undefined) return ({ values }: MappedRow) => atPath(values, name);
    const at = columns.findIndex((column) => name.startsWith(`${column}.`));
    if (at === -1) return undefined;
    const path = name.slice((columns[at] as string).length + 1);
    return ({ values }) => atPath((values as RowValues & readonly unknown[])[at], path);
  }
}
