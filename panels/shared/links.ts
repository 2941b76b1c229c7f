import type { Field, LinkModel } from '@grafana/data';

/** The data links of a value. */
export function linksAt(field: Field | undefined, row: number | undefined): LinkModel<Field>[] {
  if (field === undefined || row === undefined || (field.config.links ?? []).length === 0) return [];
  return field.getLinks?.({ valueRowIndex: row }) ?? [];
}
