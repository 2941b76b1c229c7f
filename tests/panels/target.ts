import type { WireFrame } from '../../panels/shared/testing/frames.ts';

/** A query as a dashboard stores it. */
export interface Target {
  readonly rawSql: string;
  readonly definition?: object;
  readonly facts?: { readonly rawSql: string };
  readonly rowLimit?: number;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'Nullable(String)',
  number: 'Nullable(Float64)',
  boolean: 'Bool',
  time: "Nullable(DateTime64(3, 'UTC'))",
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const literal = (value: unknown): string => (typeof value === 'string' ? quoted(value) : String(value));

/** A query that answers with the rows of a stored answer, and with its metadata. */
export function targetOf({ schema, data }: WireFrame): Target {
  const { fields, meta } = schema;
  const count = data.values[0]?.length ?? 0;
  const rows = Array.from({ length: count }, (_, row) =>
    fields.map(({ type }, column) => {
      const value = data.values[column]?.[row];
      return type === 'time' && typeof value === 'number'
        ? new Date(value).toISOString().replace('T', ' ').replace('Z', '')
        : value;
    }),
  );
  const structure = fields.map(({ name, type }) => `${name} ${TYPES[type] ?? 'String'}`).join(', ');
  const lines = rows.map((row) => JSON.stringify(row)).join('\n');
  const custom = (meta as { custom?: { definition?: object; facts?: object } } | undefined)?.custom ?? {};
  const facts = Object.entries(custom.facts ?? {}).map(([name, value]) => `${literal(value)} AS ${name}`);
  return {
    rawSql: `SELECT * FROM format(JSONCompactEachRow, ${quoted(structure)}, ${quoted(lines)})`,
    ...(custom.definition !== undefined && { definition: custom.definition }),
    ...(facts.length > 0 && { facts: { rawSql: `SELECT ${facts.join(', ')}` } }),
  };
}

/** The same query with less, or with more, of an answer. */
export const limited = (target: Target, rows: number): Target => ({
  ...target,
  rawSql: `SELECT * FROM (${target.rawSql}) LIMIT ${String(rows)}`,
});
