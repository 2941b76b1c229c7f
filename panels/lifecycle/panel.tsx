import { type Field, FieldColorModeId, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { ColumnsPanel } from '../shared/columns/columns-panel.tsx';
import type { Columns } from '../shared/columns/stack.ts';
import { shortNumber } from '../shared/format.ts';
import { fullBucketLabel } from '../shared/time.ts';
import { Unread } from '../shared/unread.tsx';
import { growthOf, readLifecycle, STATES, type Lifecycle, type State } from './model.ts';
import { DEFAULT_OPTIONS, type LifecycleOptions } from './options.ts';

const LOOKS: Readonly<Record<State, { readonly label: string; readonly color: string }>> = {
  returning: { label: 'Returning', color: 'blue' },
  resurrecting: { label: 'Resurrecting', color: 'purple' },
  new: { label: 'New', color: 'green' },
  dormant: { label: 'Dormant', color: 'orange' },
};

const GROWTH = { label: 'Growth', of: growthOf };

/** The panel: says what is missing, or shows who came and who left. */
export function LifecyclePanel(props: PanelProps<LifecycleOptions>) {
  const { data, id, fieldConfig, width, height } = props;
  const options = { ...DEFAULT_OPTIONS, ...props.options };
  const theme = useTheme2();
  const reading = useMemo(() => readLifecycle(data.series), [data.series]);
  const columns = useMemo(
    () => (reading.kind === 'lifecycle' ? columnsOf(reading.lifecycle, theme) : undefined),
    [reading, theme],
  );
  if (reading.kind !== 'lifecycle' || columns === undefined) {
    const unreadable = reading.kind === 'lifecycle' ? ({ kind: 'empty' } as const) : reading;
    const what = { what: 'a lifecycle', analysis: 'lifecycle' };
    return <Unread reading={unreadable} {...what} data={data} id={id} fieldConfig={fieldConfig} />;
  }
  const { lifecycle } = reading;
  const timeZone = lifecycle.timeZone ?? props.timeZone;
  return (
    <ColumnsPanel
      name="Lifecycle of users"
      columns={columns}
      completeUntil={Math.min(lifecycle.completeUntil ?? Infinity, data.timeRange.to.valueOf())}
      timeZone={timeZone}
      field={lifecycle.fields.new}
      total={GROWTH}
      summary={summaryOf(lifecycle, timeZone)}
      isTable={options.view === 'table'}
      showLegend={options.showLegend}
      isTruncated={lifecycle.isTruncated}
      width={width}
      height={height}
    />
  );
}

function columnsOf({ buckets, interval, fields }: Lifecycle, theme: GrafanaTheme2): Columns {
  const layers = STATES.map((state) => ({
    key: state,
    label: LOOKS[state].label,
    color: theme.visualization.getColorByName(fixedColor(fields[state]) ?? LOOKS[state].color),
    isNegative: state === 'dormant',
  }));
  return { layers, buckets, interval };
}

/** The color that somebody chose for a field. */
const fixedColor = ({ config }: Field): string | undefined =>
  config.color?.mode === FieldColorModeId.Fixed ? config.color.fixedColor : undefined;

/** The newest interval and the sum of all, for screen readers. */
function summaryOf({ buckets, interval }: Lifecycle, timeZone: string): string {
  const newest = buckets.at(-1);
  if (newest === undefined) return '';
  const parts = STATES.map((state, at) => `${shortNumber(newest.values[at])} ${LOOKS[state].label.toLowerCase()}`);
  const growth = buckets.reduce((sum, bucket) => sum + growthOf(bucket), 0);
  return `${fullBucketLabel(newest.start, interval, timeZone)}: ${parts.join(', ')}. Growth over all ${String(buckets.length)}: ${shortNumber(growth)}.`;
}
