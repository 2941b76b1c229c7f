import type { DataFrame, Field, FieldType } from '@grafana/data';

/** A frame as the data source's backend writes it. */
export interface WireFrame {
  readonly schema: {
    readonly fields: readonly { readonly name: string; readonly type: string }[];
    readonly meta?: object;
  };
  readonly data: { readonly values: readonly (readonly unknown[])[] };
}

/** A frame of columns by their names. The types of columns do not matter to the models. */
export function frameOf(columns: Readonly<Record<string, readonly unknown[]>>, custom: object = {}): DataFrame {
  const fields = Object.entries(columns).map(([name, values]): Field => ({
    name,
    type: 'other' as FieldType,
    config: {},
    values: [...values],
  }));
  return { fields, length: fields[0]?.values.length ?? 0, meta: { custom } };
}

/** A stored answer as the frame that Grafana makes of it. */
export function frameOfAnswer({ schema, data }: WireFrame): DataFrame {
  const columns = schema.fields.map(({ name }, index) => [name, data.values[index] ?? []] as const);
  return { ...frameOf(Object.fromEntries(columns)), ...(schema.meta === undefined ? {} : { meta: schema.meta }) };
}

/** The rows that a condition keeps, for small variants of a stored answer. */
export function rowsOf(frame: DataFrame, keep: (row: number) => boolean): DataFrame {
  const rows = Array.from({ length: frame.length }, (_, row) => row).filter(keep);
  const fields = frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row] as unknown) }));
  return { ...frame, fields, length: rows.length };
}
