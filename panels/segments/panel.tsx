import { formattedValueToString, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { ColumnsPanel, type Total } from '../shared/columns/columns-panel.tsx';
import type { Columns } from '../shared/columns/stack.ts';
import { percent, shortNumber } from '../shared/format.ts';
import { fullBucketLabel } from '../shared/time.ts';
import { Unread } from '../shared/unread.tsx';
import { newestSizes, readSegments, segmentLabel, type Segments } from './model.ts';
import { Newest } from './newest.tsx';
import { DEFAULT_OPTIONS, type SegmentsOptions } from './options.ts';

/** Colors of the segments of the analysis; others take the next of the palette. */
const COLORS: Readonly<Record<string, string>> = {
  power: 'purple',
  casual: 'blue',
  new: 'green',
  churn_risk: 'orange',
};
const ALL: Total = { label: 'All', of: ({ values }) => values.reduce((sum, value) => sum + value, 0) };

/** Wider panels show the newest sizes beside the columns. */
const ROOM_FOR_NEWEST = 560;
const NEWEST_WIDTH = 200;
const GAP = 16;

/** The panel: says what is missing, or shows how large the segments are. */
export function SegmentsPanel(props: PanelProps<SegmentsOptions>) {
  const { data, id, fieldConfig } = props;
  const reading = useMemo(() => readSegments(data.series), [data.series]);
  if (reading.kind === 'segments') return <SegmentsBody {...props} segments={reading.segments} />;
  const what = { what: 'a list of segments', analysis: 'segments' };
  return <Unread reading={reading} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
}

interface BodyProps extends PanelProps<SegmentsOptions> {
  readonly segments: Segments;
}

function SegmentsBody({ segments, data, width, height, ...props }: BodyProps) {
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const theme = useTheme2();
  const columns = useMemo(() => columnsOf(segments, theme), [segments, theme]);
  const timeZone = segments.timeZone ?? props.timeZone;
  const { usersField } = segments;
  const count = (value: number): string => {
    const shown = usersField.display?.(value);
    return shown === undefined ? value.toLocaleString('en') : formattedValueToString(shown);
  };
  const newest = (ownWidth: number) => (
    <Newest
      sizes={newestSizes(segments)}
      colors={Object.fromEntries(columns.layers.map(({ key, color }) => [key, color]))}
      count={count}
      day={fullBucketLabel(segments.buckets.at(-1)?.start ?? 0, segments.interval, timeZone)}
      width={ownWidth}
    />
  );
  const hasAside = options.view === 'time' && options.showNewest && width >= ROOM_FOR_NEWEST;
  const panel = (
    <ColumnsPanel
      name="Segments of users"
      columns={columns}
      completeUntil={Math.min(segments.completeUntil ?? Infinity, data.timeRange.to.valueOf())}
      timeZone={timeZone}
      field={usersField}
      total={ALL}
      summary={summaryOf(segments, timeZone)}
      isTable={options.view === 'table'}
      showLegend={options.showLegend && options.view === 'time'}
      isTruncated={segments.isTruncated}
      width={hasAside ? width - NEWEST_WIDTH - GAP : width}
      height={height}
    >
      {options.view === 'newest' ? newest(width) : undefined}
    </ColumnsPanel>
  );
  if (!hasAside) return panel;
  return (
    <div style={{ display: 'flex', gap: GAP, width, height }}>
      {panel}
      {newest(NEWEST_WIDTH)}
    </div>
  );
}

function columnsOf({ names, buckets, interval }: Segments, { visualization }: GrafanaTheme2): Columns {
  const others = visualization.palette;
  let next = 4;
  const layers = names.map((name) => ({
    key: name,
    label: segmentLabel(name),
    color: visualization.getColorByName(COLORS[name] ?? others[next++ % others.length] ?? 'gray'),
    isNegative: false,
  }));
  return { layers, buckets, interval };
}

/** The newest sizes, for screen readers. */
function summaryOf(segments: Segments, timeZone: string): string {
  const day = fullBucketLabel(segments.buckets.at(-1)?.start ?? 0, segments.interval, timeZone);
  const sizes = newestSizes(segments).map(
    ({ name, users, share }) => `${segmentLabel(name)} ${shortNumber(users)}, ${percent(share)}`,
  );
  return `${day}: ${sizes.join('; ')}.`;
}
