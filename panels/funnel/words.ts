import { duration, percent, percentRange } from '../shared/format.ts';
import type { Funnel, FunnelSeries, FunnelStep } from './model.ts';

export type CountText = (count: number) => string;

/** How many were lost before a step. */
export const lostWords = (dropped: number, count: CountText): string =>
  dropped === 0 ? '0 lost' : `−${count(dropped)} lost`;

/** A step for a screen reader, as one sentence. */
export function stepWords(step: FunnelStep, of: number, unit: string, count: CountText): string {
  const parts = [`Step ${String(step.number)} of ${String(of)}, ${step.name}: ${count(step.count)} ${unit}`];
  if (step.number > 1) {
    parts.push(
      `${percent(step.fromFirst.value)} of the first step, interval ${percentRange(step.fromFirst.low, step.fromFirst.high)}`,
      `${percent(step.fromPrevious.value)} of the step before`,
    );
    if (step.dropped !== null) parts.push(`${count(step.dropped)} dropped off`);
    if (step.seconds.medianFromPrevious !== null)
      parts.push(`median ${duration(step.seconds.medianFromPrevious)} since the step before`);
  }
  return `${parts.join(', ')}.`;
}

/** A funnel in a sentence: from how many to how many, and where most are lost. */
export function summaryOf({ steps, label, kind }: FunnelSeries, unit: string, count: CountText): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return '';
  const worst = steps.reduce<FunnelStep | undefined>(
    (lowest, step) => (step.dropped !== null && step.dropped > (lowest?.dropped ?? 0) ? step : lowest),
    undefined,
  );
  const name = kind === 'overall' ? '' : `${label}: `;
  const lost = worst === undefined ? '' : ` Most are lost before ${worst.name}.`;
  return `${name}${count(first.count)} ${unit} began, ${count(last.count)} (${percent(last.fromFirst.value)}) completed ${String(steps.length)} steps.${lost}`;
}

/** The whole panel as text. */
export const panelWords = ({ series, unit }: Funnel, count: CountText): string =>
  series.map((item) => summaryOf(item, unit, count)).join(' ');
