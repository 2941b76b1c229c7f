import { formattedValueToString, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useCallback, useMemo } from 'react';
import { Details, type DetailRow } from '../shared/details.tsx';
import { Fill } from '../shared/fill.tsx';
import { percent, percentRange } from '../shared/format.ts';
import { linksAt } from '../shared/links.ts';
import { PanelFigure } from '../shared/panel-figure.tsx';
import { usePanelStyles } from '../shared/styles.ts';
import { Unread } from '../shared/unread.tsx';
import { useStage, type Place } from '../shared/use-stage.ts';
import { CurveLegend, Curves } from './curves.tsx';
import { curvesOf } from './curve-colors.ts';
import { HeatLegend, HeatMap } from './heat-map.tsx';
import { readRetention, type Cell, type Retention } from './model.ts';
import { DEFAULT_OPTIONS, type RetentionOptions } from './options.ts';
import { RetentionTable } from './table.tsx';
import { linesOf, periodName, type Line } from './view.ts';
import { panelWords } from './words.ts';

/** Lower panels have no legend. */
const ROOM_FOR_LEGEND = 160;

/** The panel: says what is missing, or shows how many came back. */
export function RetentionPanel(props: PanelProps<RetentionOptions>) {
  const { data, id, fieldConfig } = props;
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const reading = useMemo(() => readRetention(data.series), [data.series]);
  if (reading.kind === 'retention') return <RetentionBody {...props} options={options} retention={reading.retention} />;
  const what = { what: 'retention', analysis: 'retention' };
  return <Unread reading={reading} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
}

interface BodyProps extends PanelProps<RetentionOptions> {
  readonly retention: Retention;
}

function RetentionBody({ retention, options, width, height, timeZone }: BodyProps) {
  const styles = usePanelStyles();
  const theme = useTheme2();
  const { countField } = retention;
  const { leastSize, showMean } = options;
  const lines = useMemo(
    () => linesOf(retention, { leastSize, showMean }, retention.timeZone ?? timeZone),
    [retention, leastSize, showMean, timeZone],
  );
  const periods = useMemo(
    () =>
      retention.periods.flatMap(({ isFirst }, at) =>
        isFirst && !options.showFirst && retention.periods.length > 1 ? [] : [at],
      ),
    [retention, options.showFirst],
  );
  const count = useCallback(
    (value: number): string => {
      const shown = countField.display?.(value);
      return shown === undefined ? value.toLocaleString('en') : formattedValueToString(shown);
    },
    [countField],
  );
  const color =
    countField.display?.(0).color ?? theme.visualization.getColorByName(theme.visualization.palette[0] ?? 'blue');
  const staged = options.view === 'curves' ? curvesOf(lines, options.maxCurves) : lines;
  const cellAt = ({ row, column }: Place): Cell | undefined => staged[row]?.cohort.cells[periods[column] ?? -1];
  const linksOf = (cell: Cell | undefined) => linksAt(countField, cell?.row);
  const stage = useStage({
    rows: staged.length,
    columns: periods.length,
    canPin: (place) => linksOf(cellAt(place)).length > 0,
  });
  const View = options.view === 'table' ? RetentionTable : HeatMap;
  const { pointed } = stage;
  const cell = pointed === undefined ? undefined : cellAt(pointed);
  const line = pointed === undefined ? undefined : staged[pointed.row];
  const shared = { retention, lines, options, color };
  const views = { ...shared, periods, stage, count, linksOf };
  const hasLegend = options.view !== 'table' && height >= ROOM_FOR_LEGEND;
  return (
    <PanelFigure
      label="Retention"
      summary={panelWords(retention, lines, count)}
      width={width}
      height={height}
      stage={stage}
      legend={
        hasLegend && (
          <ul className={styles.legend} aria-label="Legend">
            {options.view === 'heatmap' ? <HeatLegend {...shared} /> : <CurveLegend {...shared} />}
          </ul>
        )
      }
      isTruncated={retention.isTruncated}
      details={
        cell !== undefined &&
        line !== undefined &&
        pointed !== undefined && (
          <Details
            title={`${line.fullLabel} · ${periodName(retention, periods[pointed.column] ?? 0)}`}
            rows={detailRows(cell, line, count)}
            links={linksOf(cell)}
            isPinned={pointed.isPinned}
          />
        )
      }
    >
      {options.view === 'curves' ? (
        <Fill>{(ownWidth, ownHeight) => <Curves {...views} width={ownWidth} height={ownHeight} />}</Fill>
      ) : (
        <View {...views} width={width} height={height} />
      )}
    </PanelFigure>
  );
}

function detailRows(cell: Cell, { isSmall }: Line, count: (value: number) => string): DetailRow[] {
  const rows: DetailRow[] = [
    ['Came back', percent(cell.rate.value), percentRange(cell.rate.low, cell.rate.high)],
    ['Users', `${count(cell.count)} of ${count(cell.size)}`],
  ];
  if (!cell.isComplete) rows.push(['Not over', 'may still grow']);
  if (isSmall) rows.push(['Small cohort', 'says little']);
  return rows;
}
