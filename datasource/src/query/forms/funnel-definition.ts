import { compact, type FilterDraft } from '../draft.ts';

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

export const LEAST_STEPS = 2;
export const MOST_STEPS = 10;

/** Reads a stored definition; what is not a funnel becomes an empty one. */
export function asFunnel(definition: Record<string, unknown> | undefined): FunnelDraft {
  const steps = Array.isArray(definition?.['steps']) ? (definition['steps'] as StepDraft[]) : [];
  const filled = [...steps, {}, {}].slice(0, Math.max(steps.length, LEAST_STEPS));
  return { ...definition, analysis: 'funnel', steps: filled };
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
