import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

/** A mark of an axis, in pixels. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where a drawing stands within its panel. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the labels of both axes, in pixels. */
const BOTTOM = 20;
const TOP = 8;
const RIGHT = 12;
const CHARACTER = 6.6;

/** The plot in a panel of a size whose labels at the left are so long. */
export function plotOf(width: number, height: number, labels: readonly string[]): Plot {
  const left = Math.max(0, ...labels.map(({ length }) => length)) * CHARACTER + 8;
  return { left, top: TOP, width: Math.max(1, width - left - RIGHT), height: Math.max(1, height - TOP - BOTTOM) };
}

/** Every so many-th of many labels, so that they do not collide. */
export function thinned(ticks: readonly Tick[], least = 10): Tick[] {
  const widest = Math.max(0, ...ticks.map(({ label }) => label.length)) * CHARACTER + least;
  const distance = ticks.length > 1 ? ((ticks.at(-1)?.at ?? 0) - (ticks[0]?.at ?? 0)) / (ticks.length - 1) : Infinity;
  const step = Math.max(1, Math.ceil(widest / Math.max(distance, 1e-9)));
  return ticks.filter((_, index) => index % step === 0);
}

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
      {x.map(({ at, label }, index) => {
        const half = (label.length * CHARACTER) / 2;
        const anchor = at - half < 0 ? 'start' : at + half > right + RIGHT ? 'end' : 'middle';
        return (
          <text
            key={index}
            x={anchor === 'start' ? 0 : anchor === 'end' ? right + RIGHT : at}
            y={plot.top + plot.height + 15}
            textAnchor={anchor}
          >
            {label}
          </text>
        );
      })}
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
