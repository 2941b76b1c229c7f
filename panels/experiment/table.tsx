import React from 'react';
import { DataTable } from '../shared/data-table.tsx';
import { changeRange, percent, pValue, shortNumber, signedPercent } from '../shared/format.ts';
import { linksAt } from '../shared/links.ts';
import { usePanelStyles } from '../shared/styles.ts';
import type { ViewProps } from './view.ts';

const COLUMNS = [
  { name: 'Metric', isText: true },
  { name: 'Variant', isText: true },
  { name: 'Users of control' },
  { name: 'Users of variant' },
  { name: 'Control' },
  { name: 'Variant' },
  { name: 'Lift' },
  { name: 'Interval' },
  { name: 'Sequential interval' },
  { name: 'p' },
  { name: 'p (Holm)' },
  { name: 'p (B.–H.)' },
  { name: 'p (sequential)' },
  { name: 'Lift (CUPED)' },
  { name: 'Interval (CUPED)' },
  { name: 'p (CUPED)' },
  { name: 'Chance to win' },
  { name: 'Expected loss' },
  { name: 'Users needed' },
  { name: 'Decision', isText: true },
];

/** All numbers as a table. */
export function ExperimentTable({ experiment, lines, value, height }: ViewProps) {
  const styles = usePanelStyles();
  return (
    <DataTable
      label="Metrics of the experiment"
      columns={COLUMNS}
      count={lines.length}
      height={height}
      row={(index) => {
        const line = lines[index];
        if (line === undefined) return [];
        const { metric, comparison } = line;
        const { users, values, lift, sequentialLift, p, cuped } = comparison;
        const [link] = linksAt(experiment.valueField, comparison.row);
        const variantValue = value(values.variant, metric);
        return [
          metric.isGuardrail ? `${metric.name} (guardrail)` : metric.name,
          comparison.variant,
          shortNumber(users.control),
          shortNumber(users.variant),
          value(values.control, metric),
          link === undefined ? (
            variantValue
          ) : (
            <a className={styles.link} href={link.href} target={link.target} title={link.title} onClick={link.onClick}>
              {variantValue}
            </a>
          ),
          signedPercent(lift.value),
          changeRange(lift.low, lift.high),
          changeRange(sequentialLift.low, sequentialLift.high),
          pValue(p.value),
          pValue(p.holm),
          pValue(p.benjaminiHochberg),
          pValue(p.sequential),
          signedPercent(cuped?.lift.value),
          changeRange(cuped?.lift.low ?? null, cuped?.lift.high ?? null),
          pValue(cuped?.p),
          percent(comparison.chance),
          value(comparison.lossVariant, metric),
          shortNumber(comparison.required),
          comparison.decision ?? '–',
        ];
      }}
    />
  );
}
