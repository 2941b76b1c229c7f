import { changeRange, percent, pValue, shortNumber, signedPercent } from '../shared/format.ts';
import type { Experiment } from './model.ts';
import { directionOf, progressOf, verdictsOf } from './verdict.ts';
import type { Line, ViewProps } from './view.ts';

/** A line for a screen reader. */
export function lineWords({ metric, comparison, lift, p }: Line, value: ViewProps['value'], control: string): string {
  const { values, chance, sequentialLift: sequential } = comparison;
  const direction = directionOf(metric, lift.low, lift.high);
  const progress = progressOf(comparison);
  const parts = [
    `${metric.isGuardrail ? 'Guardrail ' : ''}${metric.name}, ${comparison.variant} ${value(values.variant, metric)} against ${control} ${value(values.control, metric)}`,
    `lift ${signedPercent(lift.value)}, interval ${changeRange(lift.low, lift.high)}`,
    direction === 'unclear' ? 'no clear difference' : direction,
  ];
  if (sequential.low !== null) parts.push(`sequential interval ${changeRange(sequential.low, sequential.high)}`);
  if (p !== null) parts.push(`p ${pValue(p)}`);
  if (chance !== null) parts.push(`chance to win ${percent(chance)}`);
  if (progress !== undefined) parts.push(`${shortNumber(progress.users)} of ${shortNumber(progress.required)} users`);
  return `${parts.join(', ')}.`;
}

/** The whole panel as text. */
export function panelWords(experiment: Experiment, lines: readonly Line[], value: ViewProps['value']): string {
  const verdicts = verdictsOf(experiment).map(({ variant, decision, reason }) => `${variant}: ${decision}. ${reason}`);
  return [...verdicts, ...lines.map((line) => lineWords(line, value, experiment.control))].join(' ');
}
