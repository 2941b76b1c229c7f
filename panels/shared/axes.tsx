import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { placed, RIGHT, type Plot, type Tick } from './ticks.ts';

interface Props {
  readonly plot: Plot;
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  /** Pixels from the top where 0 is, if that is not the bottom. */
  readonly zero?: number;
}

/** Lines and labels behind a drawing. */
export function Axes({ plot, x, y, zero }: Props) {
  const styles = useStyles2(axesStyles);
  const right = plot.left + plot.width;
  return (
    <g aria-hidden="true" className={styles.axes}>
      {y.map(({ at, label }) => (
        <g key={label}>
          <line className={styles.line} x1={plot.left} x2={right} y1={at} y2={at} />
          <text x={plot.left - 6} y={at} dy="0.32em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {placed(x, right + RIGHT).map(({ at, label }) => (
        <text key={`${label} ${String(at)}`} x={at} y={plot.top + plot.height + 15} textAnchor="middle">
          {label}
        </text>
      ))}
      <line
        className={styles.zero}
        x1={plot.left}
        x2={right}
        y1={zero ?? plot.top + plot.height}
        y2={zero ?? plot.top + plot.height}
      />
    </g>
  );
}

const axesStyles = (theme: GrafanaTheme2) => ({
  axes: css({ text: { fill: theme.colors.text.secondary, fontSize: 12 } }),
  line: css({ stroke: theme.colors.border.weak, shapeRendering: 'crispEdges' }),
  zero: css({ stroke: theme.colors.border.strong, shapeRendering: 'crispEdges' }),
});
