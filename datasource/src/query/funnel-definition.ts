/** A funnel as its form edits it: everything may be missing while somebody is still writing. */
export interface FunnelDraft {
  analysis: 'funnel';
  steps: StepDraft[];
  window_seconds?: number;
  order?: 'ordered' | 'strict' | 'any';
  unit?: 'user' | 'session' | { property: string };
  breakdown?: string;
  filters?: FilterDraft[];
  exclusions?: ExclusionDraft[];
  [other: string]: unknown;
}

export interface StepDraft {
  event?: string;
  name?: string;
  filters?: FilterDraft[];
}

export interface ExclusionDraft {
  event?: string;
  filters?: FilterDraft[];
  after_step?: number;
  before_step?: number;
}

/** A condition, or something that only JSON can say (`any`) and that the form shows without changing it. */
export type FilterDraft = { property?: string; op?: string; value?: unknown } | { any: unknown[] };

export const LEAST_STEPS = 2;
export const MOST_STEPS = 10;

/** Reads a stored definition; what is not a funnel becomes an empty one. */
export function asFunnel(definition: Record<string, unknown> | undefined): FunnelDraft {
  const steps = Array.isArray(definition?.['steps']) ? (definition['steps'] as StepDraft[]) : [];
  const filled = [...steps, {}, {}].slice(0, Math.max(steps.length, LEAST_STEPS));
  return { ...definition, analysis: 'funnel', steps: filled };
}

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

/**
 * Steps were moved or removed: exclusions stand between steps by number, and one that no longer does is dropped.
 */
export function withSteps(funnel: FunnelDraft, steps: StepDraft[]): FunnelDraft {
  const exclusions = (funnel.exclusions ?? []).filter(
    ({ after_step: after = 1, before_step: before = 2 }) => before <= steps.length && after < before,
  );
  return compact({ ...funnel, steps, exclusions });
}
