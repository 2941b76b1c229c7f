import { useTheme2 } from '@grafana/ui';
import { cx } from '@emotion/css';
import { scaleLinear } from 'd3-scale';
import React, { useCallback, useMemo } from 'react';
import { readableOn } from '../shared/contrast.ts';
import { percent } from '../shared/format.ts';
import { useVisibleRows } from '../shared/use-visible-rows.ts';
import { HeatRow } from './heat-row.tsx';
import { highestRate, type Cell } from './model.ts';
import { useRetentionStyles } from './styles.ts';
import { periodName, type ViewProps } from './view.ts';

const LEAST_ROW = 26;
const MOST_ROW = 44;
/** Narrower cells have no decimals. */
const DECIMALS = 54;
const LEAST_CELL = { rate: 40, count: 52 } as const;
/** Narrower panels have no sizes of cohorts. */
const SIZES = 300;
/** Pixels of a character of a label, and of the room around it. */
const CHARACTER = 7;
const LEGEND = 26;

/** A row for each cohort and a column for each period; the stronger the color, the more came back. */
export function HeatMap({ retention, lines, periods, options, stage, color, count, width, height }: ViewProps) {
  const styles = useRetentionStyles();
  const theme = useTheme2();
  const background = theme.colors.background.primary;
  const most = useMemo(() => highestRate(retention, options.leastSize), [retention, options.leastSize]);
  const scale = useMemo(
    () =>
      scaleLinear<string>()
        .domain([0, most])
        .range([mixed(background, color), color])
        .clamp(true),
    [most, background, color],
  );
  const look = useCallback((rate: number) => ({ background: scale(rate), color: readableOn(scale(rate)) }), [scale]);
  const showSize = width >= SIZES;
  const longest = Math.max(6, ...lines.map(({ label }) => label.length));
  const labelWidth = Math.min(longest * CHARACTER + (showSize ? 62 : 8), width / 2);
  const rowHeight = Math.max(LEAST_ROW, Math.min(MOST_ROW, Math.floor((height - LEGEND - 24) / lines.length)));
  const cellWidth = Math.max(LEAST_CELL[options.numbers], (width - labelWidth) / periods.length - 2);
  const isShort = cellWidth < DECIMALS;
  const { numbers } = options;
  const text = useCallback(
    (cell: Cell): string => {
      if (numbers === 'count') return count(cell.count);
      return isShort ? `${((cell.rate.value ?? 0) * 100).toFixed(0)}%` : percent(cell.rate.value);
    },
    [numbers, isShort, count],
  );
  const hasMean = lines[0]?.cohort.start === null;
  const cohorts = hasMean ? lines.slice(1) : lines;
  const { first, end, before, after, onScroll } = useVisibleRows(cohorts.length, rowHeight, height);
  const shared = { retention, periods, look, text, count, labelWidth, showSize, cellWidth, height: rowHeight - 2 };
  // The stop of the Tab key is a cell that is drawn.
  const offset = hasMean ? 1 : 0;
  const isDrawn = (row: number): boolean => (hasMean && row === 0) || (row - offset >= first && row - offset < end);
  const stop = isDrawn(stage.stop.row) ? stage.stop : { row: hasMean ? 0 : first, column: 0 };
  const stopAt = (row: number): number | undefined => (row === stop.row ? stop.column : undefined);
  return (
    <div
      className={styles.box}
      onScroll={(event) => {
        onScroll(event);
        stage.onScroll();
      }}
    >
      <div className={styles.sheet}>
        <div className={styles.head}>
          <div className={cx(styles.row, styles.titles)} aria-hidden="true">
            <span className={styles.label} style={{ width: labelWidth }}>
              Cohort{showSize && <span className={styles.size}>Users</span>}
            </span>
            {periods.map((at, index) => (
              <span key={at} className={styles.title} style={{ minWidth: cellWidth }}>
                {index === 0 && cellWidth >= DECIMALS ? periodName(retention, at) : retention.periods[at]?.label}
              </span>
            ))}
          </div>
          {hasMean && lines[0] !== undefined && <HeatRow {...shared} line={lines[0]} row={0} stop={stopAt(0)} />}
        </div>
        <div style={{ paddingTop: before, paddingBottom: after }}>
          {cohorts.slice(first, end).map((line, index) => {
            const row = first + index + offset;
            return <HeatRow key={String(line.cohort.start)} {...shared} line={line} row={row} stop={stopAt(row)} />;
          })}
        </div>
      </div>
    </div>
  );
}

/** A tenth of a color: cells at 0 are told apart from places without a cell. */
const mixed = (background: string, color: string): string => scaleLinear<string>().range([background, color])(0.1);

/** What colors, hatches and grey mean. */
export function HeatLegend({
  retention,
  options,
  color,
  lines,
}: Pick<ViewProps, 'retention' | 'options' | 'color' | 'lines'>) {
  const styles = useRetentionStyles();
  const theme = useTheme2();
  const most = highestRate(retention, options.leastSize);
  const hasIncomplete = lines.some(({ cohort }) => cohort.cells.some((cell) => cell?.isComplete === false));
  const ramp = `linear-gradient(to right, ${mixed(theme.colors.background.primary, color)}, ${color})`;
  return (
    <>
      <li>
        0 % <span className={cx(styles.key, styles.ramp)} style={{ background: ramp }} /> {percent(most)}
      </li>
      {hasIncomplete && (
        <li>
          <span
            className={cx(styles.key, styles.incomplete)}
            style={{ backgroundColor: mixed(theme.colors.background.primary, color) }}
          />{' '}
          period not over
        </li>
      )}
      {lines.some(({ isSmall }) => isSmall) && (
        <li>
          <span className={cx(styles.key, styles.small)} /> fewer than {options.leastSize} users
        </li>
      )}
    </>
  );
}
