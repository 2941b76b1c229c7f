import { FieldType, type DataFrame } from '@grafana/data';
import { type LegendDisplayMode, TimeSeries, type VizLegendOptions } from '@grafana/ui';
import React, { useMemo } from 'react';
import { NoData } from './no-data.tsx';
import { type StandInProps } from './props.ts';

const isSeries = (frame: DataFrame): boolean =>
  frame.length > 0 &&
  frame.fields.some((field) => field.type === FieldType.time) &&
  frame.fields.some((field) => field.type === FieldType.number);

/** Only time and numbers can be drawn; what else a frame holds would keep its lines from being joined. */
const withoutTexts = (frame: DataFrame): DataFrame => ({
  ...frame,
  fields: frame.fields.filter((field) => field.type === FieldType.time || field.type === FieldType.number),
});

/** Stand-in for Grafana's time series panel, drawn with the same component, without tooltip and zoom. */
export function TimeSeriesPanel({ data, timeRange, timeZone, width, height, options }: StandInProps) {
  const frames = useMemo(() => data.series.filter(isSeries).map(withoutTexts), [data.series]);
  if (frames.length === 0) return <NoData />;
  const { showLegend = true, displayMode = 'list', placement = 'bottom', calcs = [] } = options.legend ?? {};
  const legend = {
    showLegend: showLegend && displayMode !== 'hidden',
    displayMode: displayMode as LegendDisplayMode,
    placement,
    calcs,
  };
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev ?? 1}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={legend as VizLegendOptions}
    />
  );
}
