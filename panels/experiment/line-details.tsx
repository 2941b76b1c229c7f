import type { LinkModel } from '@grafana/data';
import React from 'react';
import { Details, type DetailRow } from '../shared/details.tsx';
import { changeRange, percent, pValue, shortNumber, signedPercent } from '../shared/format.ts';
import type { Experiment } from './model.ts';
import type { Line, ViewProps } from './view.ts';

interface Props {
  readonly experiment: Experiment;
  readonly line: Line;
  readonly value: ViewProps['value'];
  readonly links: readonly LinkModel[];
  readonly isPinned: boolean;
}

/** All numbers of one metric and variant. */
export function LineDetails({ experiment, line: { metric, comparison }, value, links, isPinned }: Props) {
  const { users, values, lift, sequentialLift, p, cuped, required } = comparison;
  const rows: DetailRow[] = [
    [experiment.control, value(values.control, metric), `${shortNumber(users.control)} users`],
    [comparison.variant, value(values.variant, metric), `${shortNumber(users.variant)} users`],
    ['Lift', signedPercent(lift.value), changeRange(lift.low, lift.high)],
  ];
  if (sequentialLift.low !== null) rows.push(['Sequential', '', changeRange(sequentialLift.low, sequentialLift.high)]);
  if (cuped !== undefined) {
    const saved = cuped.varianceReduction === null ? '' : `, variance ${signedPercent(-cuped.varianceReduction)}`;
    rows.push(['With CUPED', signedPercent(cuped.lift.value), `p ${pValue(cuped.p)}${saved}`]);
  }
  rows.push(['p', pValue(p.value), p.holm === null ? '' : `Holm ${pValue(p.holm)}`]);
  if (p.sequential !== null) rows.push(['p, sequential', pValue(p.sequential)]);
  if (comparison.chance !== null)
    rows.push(['Chance to win', percent(comparison.chance), `loss if wrong ${value(comparison.lossVariant, metric)}`]);
  if (required !== null)
    rows.push([
      'Users needed',
      shortNumber(required),
      metric.minimumEffect === undefined
        ? 'per variant'
        : `per variant, for ${signedPercent(metric.minimumEffect).slice(1)}`,
    ]);
  if (comparison.decision !== undefined) rows.push(['Decision', comparison.decision]);
  return (
    <Details
      title={experiment.variants.length > 1 ? `${metric.name} · ${comparison.variant}` : metric.name}
      rows={rows}
      links={links}
      isPinned={isPinned}
    />
  );
}
