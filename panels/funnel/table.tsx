import React from 'react';
import { duration, percent, percentRange } from '../shared/format.ts';
import { linksOf } from './mark.tsx';
import { useFunnelStyles } from './styles.ts';
import type { ViewProps } from './view.ts';

/** All numbers as a table. */
export function FunnelTable({ funnel, series, colors, count }: ViewProps) {
  const styles = useFunnelStyles();
  const hasBreakdown = series.length > 1;
  return (
    // A table wider than its panel is scrolled, by keys too.
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Steps of the funnel">
      <table className={styles.table}>
        <thead>
          <tr>
            {hasBreakdown && (
              <th scope="col" data-text="">
                Value
              </th>
            )}
            <th scope="col" data-text="">
              Step
            </th>
            <th scope="col">Count</th>
            <th scope="col">Of first</th>
            <th scope="col">Interval</th>
            <th scope="col">Of previous</th>
            <th scope="col">Interval</th>
            <th scope="col">Lost</th>
            <th scope="col">Median</th>
            <th scope="col">90 %</th>
          </tr>
        </thead>
        <tbody>
          {series.flatMap((item, index) =>
            item.steps.map((step) => {
              const [link] = linksOf(funnel.countField, step);
              return (
                <tr key={`${item.kind} ${item.label} ${String(step.number)}`}>
                  {hasBreakdown && (
                    <th scope="row">
                      <span className={styles.swatch} style={{ background: colors[index] }} />
                      {item.label}
                    </th>
                  )}
                  <th scope="row">
                    {step.number}. {step.name}
                  </th>
                  <td>
                    {link === undefined ? (
                      count(step.count)
                    ) : (
                      <a
                        className={styles.link}
                        href={link.href}
                        target={link.target}
                        title={link.title}
                        onClick={link.onClick}
                      >
                        {count(step.count)}
                      </a>
                    )}
                  </td>
                  <td>{percent(step.fromFirst.value)}</td>
                  <td className={styles.muted}>
                    {step.number === 1 ? '' : percentRange(step.fromFirst.low, step.fromFirst.high)}
                  </td>
                  <td>{step.number === 1 ? '' : percent(step.fromPrevious.value)}</td>
                  <td className={styles.muted}>
                    {step.number === 1 ? '' : percentRange(step.fromPrevious.low, step.fromPrevious.high)}
                  </td>
                  <td>{step.dropped === null ? '' : count(step.dropped)}</td>
                  <td>{step.number === 1 ? '' : duration(step.seconds.medianFromPrevious)}</td>
                  <td className={styles.muted}>{step.number === 1 ? '' : duration(step.seconds.p90FromPrevious)}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}
