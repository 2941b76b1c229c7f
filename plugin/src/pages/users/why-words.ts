import type { Reason } from '@suuupra/analysis';

/** Why an event did not count, or why a user got no further; the meanings are in docs/analyses.md. */
const REASONS: Readonly<Record<Reason, string>> = {
  after_as_of: 'Lies after the end of the complete data',
  before_exposure: 'Comes before the first exposure',
  both_variants: 'The user was seen in several variants',
  excluded: 'An exclusion lies on the path it would be on',
  exclusion: 'Is an exclusion itself',
  filtered: 'Is of a right type, but does not pass the filters',
  incomplete: 'The window of the user is not over yet',
  no_event: 'There is nothing that could count',
  no_unit: 'Has no session, content or property that the analysis goes by',
  no_value: 'Has no number where one is measured',
  not_consecutive: 'Another event lies between, which strict order does not allow',
  not_exposed: 'The user was never exposed',
  not_in_order: 'Comes before the step that it should follow',
  orphan: 'Is progress without a view',
  other_event: 'Is of a type that the analysis does not speak of',
  out_of_range: 'Lies outside the time range',
  outside_path: 'Is not on the way from or to the anchor, or beyond the depth',
  repeated: 'An earlier event has already been taken for this',
  shorter_path: 'Belongs to a path that gets less far than the one counted',
  step_missing: 'A step before it was never reached',
  tie: 'An equally good event or path came first',
  window_expired: 'Comes after the window had ended',
};

/** The same of the user as a whole, where it reads differently. */
const OF_USERS: Readonly<Partial<Record<Reason, string>>> = {
  excluded: 'An exclusion lies on the way to the next step',
  filtered: 'What was done does not pass the filters',
  no_event: 'Nothing further was done that could count',
  no_unit: 'The events have no session, content or property that the analysis goes by',
  no_value: 'The events have no number where one is measured',
  not_consecutive: 'The next step was done, but with another event in between',
  not_in_order: 'The next step was done, but before the one it should follow',
  orphan: 'There is progress, but no view',
  other_event: 'Only events were done that the analysis does not speak of',
  out_of_range: 'What was done lies outside the time range',
  step_missing: 'Later steps were done, but not the one before them',
  window_expired: 'The next step was done, but after the window had ended',
};

/** A reason in words; analyses of segments give sentences of their own. */
export const reasonWords = (reason: string): string => (REASONS as Readonly<Record<string, string>>)[reason] ?? reason;

/** What the level of an analysis counts. */
const LEVELS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  retention: ['cell of the grid', 'cells of the grid'],
  trend: ['counted event', 'counted events'],
  engagement: ['view', 'views'],
  sessions: ['session', 'sessions'],
  revenue: ['order', 'orders'],
  paths: ['edge of the paths', 'edges of the paths'],
};

export interface Verdict {
  readonly level?: unknown;
  readonly cell?: unknown;
  readonly segment?: unknown;
  readonly variant?: unknown;
  readonly reason?: unknown;
}

interface Step {
  readonly name?: string;
  readonly event?: string;
}

const textOr = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function funnelLevel(steps: readonly Step[], level: number): string {
  const step = steps[level - 1];
  const all = `of ${String(steps.length)}`;
  if (level === 0 || step === undefined) return `Reached no step ${all}`;
  const name = step.name ?? step.event ?? '';
  return `Reached ${level === steps.length ? 'the last step, ' : 'step '}${String(level)} ${all}: ${name}`;
}

/** How far the user came, as a sentence: step, segment, variant, number of what is counted, or where. */
export function levelWords(definition: Readonly<Record<string, unknown>>, verdict: Verdict): string {
  const { analysis, steps } = definition;
  const name = typeof analysis === 'string' ? analysis : '';
  const [segment, variant, cell] = [verdict.segment, verdict.variant, verdict.cell].map(textOr);
  if (segment !== undefined) return `Is in the segment “${segment}”`;
  if (variant !== undefined) return `Saw the variant “${variant}”`;
  const level = verdict.level === null || verdict.level === undefined ? undefined : Number(verdict.level);
  if (name === 'funnel') return funnelLevel(Array.isArray(steps) ? (steps as Step[]) : [], level ?? 0);
  if (level === undefined) return cell === undefined ? 'Does not count' : `Counts as ${cell}`;
  const [one, many] = LEVELS[name] ?? ['counted', 'counted'];
  return `${String(level)} ${level === 1 ? one : many}`;
}

/** Why the user came no further; undefined where there is nothing to explain. */
export function stopWords(verdict: Verdict): string | undefined {
  const reason = textOr(verdict.reason);
  if (reason === undefined) return undefined;
  return (OF_USERS as Readonly<Record<string, string>>)[reason] ?? reasonWords(reason);
}
