import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { scaleLinear } from 'd3-scale';
import React, { useId, useMemo } from 'react';
import { Axes } from '../axes.tsx';
import { plotOf, thinned, type Plot } from '../ticks.ts';
import { bucketLabel, type Interval } from '../time.ts';
import type { Cursor } from './use-cursor.ts';
import { extentOf, stretchesOf, type Columns } from './stack.ts';

interface Props {
  readonly columns: Columns;
  readonly cursor: Cursor;
  /** The first bucket that is not complete. */
  readonly open: number;
  readonly count: (value: number) => string;
  readonly timeZone: string;
  readonly label: string;
  /** A bucket as a sentence. */
  readonly words: (index: number) => string;
  readonly width: number;
  readonly height: number;
}

/** Columns this wide have a gap between them. */
const GAP_FROM = 4;

/** Stacked columns. One path for each layer, so that thousands of buckets are drawn as quickly as ten. */
export function ColumnChart({ columns, cursor, open, count, timeZone, label, words, width, height }: Props) {
  const styles = useStyles2(chartStyles);
  const pattern = useId();
  const { layers, buckets, interval } = columns;
  const y = useMemo(() => scaleLinear().domain(extentOf(columns)).nice(4), [columns]);
  const yTicks = y.ticks(Math.max(2, Math.min(6, Math.floor(height / 40))));
  const yLabels = yTicks.map((tick) => (tick < 0 ? `−${count(-tick)}` : count(tick)));
  const labels = yLabels.join('\n');
  const plot = useMemo(() => plotOf(width, height, labels.split('\n')), [width, height, labels]);
  const step = plot.width / buckets.length;
  const gap = step >= GAP_FROM ? Math.min(8, step * 0.2) : 0;
  const paths = useMemo(() => pathsOf(columns, plot, gap), [columns, plot, gap]);
  const at = y.copy().range([plot.top + plot.height, plot.top]);
  const xTicks = thinned(
    buckets.map(({ start }, index) => ({
      at: plot.left + (index + 0.5) * step,
      label: bucketLabel(start, coarser(interval, buckets.length), timeZone),
    })),
  );
  const openLeft = plot.left + open * step;
  const { index } = cursor;
  return (
    <svg width={width} height={height} className={styles.svg}>
      <defs>
        <pattern id={pattern} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <line className={styles.stripe} x1={0} x2={6} y1={3} y2={3} />
        </pattern>
      </defs>
      <Axes
        plot={plot}
        x={xTicks}
        y={yTicks.map((tick, tickAt) => ({ at: at(tick), label: yLabels[tickAt] ?? '' }))}
        zero={at(0)}
      />
      {layers.map(({ key, color }, layer) => (
        <path key={key} d={paths[layer]} fill={color} />
      ))}
      {open < buckets.length && (
        <rect
          className={styles.open}
          x={openLeft}
          y={plot.top}
          width={plot.left + plot.width - openLeft}
          height={plot.height}
          fill={`url(#${pattern})`}
        >
          <title>Not complete yet</title>
        </rect>
      )}
      {index !== undefined && (
        <rect className={styles.pointed} x={plot.left + index * step} y={plot.top} width={step} height={plot.height} />
      )}
      <rect
        className={styles.cursor}
        x={plot.left}
        y={plot.top}
        width={plot.width}
        height={plot.height}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={buckets.length}
        aria-valuenow={cursor.stop + 1}
        aria-valuetext={words(cursor.stop)}
        {...cursor.props}
      />
    </svg>
  );
}

/** Labels of many short buckets leave out what they share: days of hours have no time of day. */
const coarser = (interval: Interval, count: number): Interval =>
  interval === 'hour' && count > 72 ? 'day' : interval === 'minute' && count > 1440 ? 'hour' : interval;

/** A path of rectangles for each layer. */
function pathsOf({ layers, buckets, ...columns }: Columns, plot: Plot, gap: number): string[] {
  const y = scaleLinear()
    .domain(extentOf({ ...columns, layers, buckets }))
    .nice(4)
    .range([plot.top + plot.height, plot.top]);
  const step = plot.width / buckets.length;
  const parts: string[][] = layers.map(() => []);
  buckets.forEach(({ values }, index) => {
    const left = (plot.left + index * step + gap / 2).toFixed(2);
    // columns without a gap overlap a little: no seam shows between them
    const width = Math.max(0.5, step - gap + (gap === 0 ? 0.3 : 0)).toFixed(2);
    stretchesOf(layers, values).forEach(({ from, to }, layer) => {
      if (from === to) return;
      const top = y(to);
      parts[layer]?.push(`M${left} ${top.toFixed(2)}h${width}v${(y(from) - top).toFixed(2)}h-${width}z`);
    });
  });
  return parts.map((own) => own.join(''));
}

const chartStyles = (theme: GrafanaTheme2) => ({
  svg: css({ display: 'block' }),
  stripe: css({ stroke: theme.colors.text.primary, strokeOpacity: theme.isDark ? 0.28 : 0.24, strokeWidth: 1.5 }),
  open: css({ pointerEvents: 'none' }),
  pointed: css({ fill: theme.colors.text.primary, fillOpacity: 0.12, pointerEvents: 'none' }),
  cursor: css({
    fill: 'transparent',
    cursor: 'crosshair',
    outline: 'none',
    '&:focus-visible': { stroke: theme.colors.primary.border, strokeWidth: 2 },
  }),
});
