import { changeRange, pValue } from '../shared/format.ts';
import { DECISIONS, type Comparison, type Decision, type Experiment, type Metric } from './model.ts';

/** What to do about a variant, and why. */
export interface Verdict {
  readonly variant: string;
  readonly decision: Decision;
  readonly reason: string;
}

/** Which way a metric went, if its interval tells. */
export type Direction = 'better' | 'worse' | 'unclear';

/** Better or worse by the goal of the metric, where the whole interval lies on one side of 0. */
export function directionOf({ goal }: Metric, low: number | null, high: number | null): Direction {
  if (low === null || high === null || (low <= 0 && high >= 0)) return 'unclear';
  return low > 0 === (goal === 'increase') ? 'better' : 'worse';
}

interface Row {
  readonly metric: Metric;
  readonly comparison: Comparison;
}

/**
 * The verdict on each variant: the first decision, in the order of the analysis, that any of its metrics asks for. A
 * guardrail is a reason to stop, never one to ship. Empty where the data has no decisions.
 */
export function verdictsOf(experiment: Experiment): Verdict[] {
  return experiment.variants.flatMap((variant) => {
    const rows = experiment.metrics.flatMap((metric) =>
      metric.comparisons.filter((item) => item.variant === variant).map((comparison) => ({ metric, comparison })),
    );
    const decision = DECISIONS.find((item) =>
      rows.some(({ metric, comparison }) => comparison.decision === item && !(item === 'ship' && metric.isGuardrail)),
    );
    const known =
      decision ?? (rows.some(({ comparison }) => comparison.decision === 'ship') ? 'keep running' : undefined);
    return known === undefined ? [] : [{ variant, decision: known, reason: reasonOf(known, rows, experiment) }];
  });
}

function reasonOf(decision: Decision, rows: readonly Row[], { split }: Experiment): string {
  switch (decision) {
    case 'no data':
      return 'A variant has no users yet.';
    case 'broken split':
      return `Users did not fall into the variants as planned (p ${pValue(split.pValue)}).`;
    case 'stop':
      return movedWords(rows, 'worse') ?? 'A guardrail is harmed.';
    case 'ship':
      return (
        movedWords(
          rows.filter(({ metric }) => !metric.isGuardrail),
          'better',
        ) ?? 'A metric is better.'
      );
    case 'keep running':
      return waitingWords(rows);
  }
}

/** Names the metrics whose sequential interval lies wholly on one side; guardrails first. */
function movedWords(rows: readonly Row[], direction: 'better' | 'worse'): string | undefined {
  const moved = rows
    .filter(
      ({
        metric,
        comparison: {
          sequentialDifference: { low, high },
        },
      }) => directionOf(metric, low, high) === direction,
    )
    .sort((a, b) => Number(b.metric.isGuardrail) - Number(a.metric.isGuardrail));
  const [first, ...others] = moved;
  if (first === undefined) return undefined;
  const { low, high } = first.comparison.sequentialLift;
  const more =
    others.length === 0
      ? ''
      : ` So ${others.length === 1 ? 'is' : 'are'} ${others.map(({ metric }) => metric.name).join(', ')}.`;
  const name = `${first.metric.isGuardrail ? 'Guardrail ' : ''}${first.metric.name}`;
  return `${name} is ${direction}: ${low === null ? 'the' : changeRange(low, high) + ', the'} sequential interval leaves out 0.${more}`;
}

function waitingWords(rows: readonly Row[]): string {
  const judged = rows.filter(({ metric }) => !metric.isGuardrail);
  const left = judged.map(({ comparison }) => progressOf(comparison)).filter((part) => part !== undefined);
  const nearest = left.length === 0 ? undefined : Math.max(...left.map(({ share }) => share));
  const words = 'No sequential interval leaves out 0 yet';
  if (nearest === undefined) return `${words}.`;
  return nearest >= 1 ? `${words}, though the planned sample size is reached.` : `${words}.`;
}

/** How much of the sample that was planned is there: the smaller arm against what each needs. */
export function progressOf({
  users,
  required,
}: Comparison): { users: number; required: number; share: number } | undefined {
  if (required === null || required <= 0 || users.control === null || users.variant === null) return undefined;
  const least = Math.min(users.control, users.variant);
  return { users: least, required, share: least / required };
}
