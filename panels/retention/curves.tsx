import { useTheme2 } from '@grafana/ui';
import { scaleLinear } from 'd3-scale';
import { area, line as lineOf } from 'd3-shape';
import React from 'react';
import { Axes } from '../shared/axes.tsx';
import { plotOf, thinned } from '../shared/ticks.ts';
import { curveColors, curvesOf } from './curve-colors.ts';
import { useRetentionStyles } from './styles.ts';
import { periodName, type Line, type ViewProps } from './view.ts';
import { cellWords } from './words.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly isComplete: boolean;
}

/** A line for each of the newest cohorts, and a strong one with its interval for all together. */
export function Curves({ retention, lines, periods, options, stage, color, count, width, height }: ViewProps) {
  const styles = useRetentionStyles();
  const theme = useTheme2();
  const shown = curvesOf(lines, options.maxCurves);
  const colors = curveColors(shown, color, theme);
  const rates = shown.flatMap(({ cohort }) => periods.map((at) => cohort.cells[at]?.rate.value ?? 0));
  const scale = scaleLinear()
    .domain([0, Math.max(0.01, ...rates)])
    .nice(4);
  const yTicks = scale.ticks(Math.max(2, Math.min(6, Math.floor(height / 40))));
  const plot = plotOf(width, height, yTicks.map(percentLabel));
  const y = scale.range([plot.top + plot.height, plot.top]);
  const x = scaleLinear()
    .domain([0, Math.max(1, periods.length - 1)])
    .range([plot.left + 4, plot.left + plot.width - 4]);
  const pointsOf = ({ cohort }: Line): Point[] =>
    periods.flatMap((at, index) => {
      const cell = cohort.cells[at];
      if (cell?.rate.value == null) return [];
      const { value, low, high } = cell.rate;
      return [{ x: x(index), y: y(value), low: y(low ?? value), high: y(high ?? value), isComplete: cell.isComplete }];
    });
  const xTicks = thinned(periods.map((at, index) => ({ at: x(index), label: periodName(retention, at) })));
  return (
    <svg className={styles.svg} width={width} height={height}>
      <Axes plot={plot} x={xTicks} y={yTicks.map((tick) => ({ at: y(tick), label: percentLabel(tick) }))} />
      {shown.map((item, row) => {
        const points = pointsOf(item);
        const isMean = item.cohort.start === null;
        return (
          <g key={String(item.cohort.start)} color={colors[row]}>
            {isMean && <path d={bandOf(points) ?? ''} fill="currentColor" opacity={0.15} />}
            <Curve points={points} isMean={isMean} />
          </g>
        );
      })}
      {shown.map((item, row) =>
        periods.map((at, column) => {
          const cell = item.cohort.cells[at];
          if (cell?.rate.value == null) return null;
          return (
            <circle
              key={`${String(row)} ${String(at)}`}
              {...stage.markProps({ row, column })}
              role="img"
              aria-label={cellWords(cell, item, periodName(retention, at), count)}
              cx={x(column)}
              cy={y(cell.rate.value)}
              r={item.cohort.start === null ? 4 : 3}
              fill={cell.isComplete ? colors[row] : theme.colors.background.primary}
              stroke={colors[row]}
              strokeWidth={1.5}
            />
          );
        }),
      )}
    </svg>
  );
}

const percentLabel = (rate: number): string => `${String(Number((rate * 100).toFixed(4)))} %`;

const pathOf = lineOf<Point>(
  ({ x }) => x,
  ({ y }) => y,
);
const bandOf = area<Point>()
  .x(({ x }) => x)
  .y0(({ low }) => low)
  .y1(({ high }) => high);

/**
 * A curve; dashed towards periods that have not ended. Not that of all together, in which nearly every period has a
 * cohort for which it has not.
 */
function Curve({ points, isMean }: { readonly points: readonly Point[]; readonly isMean: boolean }) {
  const open = isMean ? -1 : points.findIndex(({ isComplete }) => !isComplete);
  const [solid, dashed] = open === -1 ? [points, []] : [points.slice(0, open), points.slice(Math.max(0, open - 1))];
  const shared = {
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: isMean ? 3 : 1.5,
    strokeLinejoin: 'round' as const,
  };
  return (
    <>
      <path {...shared} d={pathOf(solid) ?? ''} />
      <path {...shared} d={pathOf(dashed) ?? ''} strokeDasharray="4 4" />
    </>
  );
}

/** Which curve is which cohort. */
export function CurveLegend({ lines, options, color }: Pick<ViewProps, 'lines' | 'options' | 'color'>) {
  const theme = useTheme2();
  const shown = curvesOf(lines, options.maxCurves);
  const colors = curveColors(shown, color, theme);
  return (
    <>
      {shown.map((item, row) => (
        <li key={String(item.cohort.start)}>
          <svg width={16} height={10} aria-hidden="true">
            <line x1={0} x2={16} y1={5} y2={5} stroke={colors[row]} strokeWidth={item.cohort.start === null ? 3 : 2} />
          </svg>
          {item.label}
        </li>
      ))}
    </>
  );
}
