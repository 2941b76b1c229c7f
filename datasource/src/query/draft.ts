/** What somebody is still writing: everything may be missing, and what a form does not show is kept. */
export type Draft = Readonly<Record<string, unknown>>;

/** A condition, or something that only JSON can say (`any`) and that the form shows without changing it. */
export type FilterDraft = { property?: string; op?: string; value?: unknown } | { any: unknown[] };

/** A definition without the fields that say nothing, so that what is stored is what was said. */
export function compact<T extends object>(draft: T): T {
  const said = Object.entries(draft).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as T;
}

export const replaceAt = <T>(list: readonly T[], at: number, item: T): T[] =>
  list.map((old, index) => (index === at ? item : old));

export const removeAt = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);

/** Moves an item by one place, up (-1) or down (1). */
export function moveBy<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const moved = [...list];
  const [item] = moved.splice(at, 1);
  if (item !== undefined) moved.splice(at + by, 0, item);
  return moved;
}
