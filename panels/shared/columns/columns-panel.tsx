import { type Field, formattedValueToString } from '@grafana/data';
import React, { useState, type ReactNode } from 'react';
import { DataTable } from '../data-table.tsx';
import { Details } from '../details.tsx';
import { Fill } from '../fill.tsx';
import { visuallyHidden } from '../hidden.ts';
import { linksAt } from '../links.ts';
import { usePanelStyles } from '../styles.ts';
import { fullBucketLabel } from '../time.ts';
import { FloatingTooltip } from '../tooltip.tsx';
import { ColumnChart } from './column-chart.tsx';
import { ColumnLegend } from './column-legend.tsx';
import { firstIncomplete, type Bucket, type Columns } from './stack.ts';
import { useCursor } from './use-cursor.ts';

/** A number that is not stacked but told with a bucket: "Net growth". */
export interface Total {
  readonly label: string;
  readonly of: (bucket: Bucket) => number;
}

interface Props {
  readonly name: string;
  readonly columns: Columns;
  /** Until when the data is complete, in milliseconds. */
  readonly completeUntil: number;
  readonly timeZone: string;
  /** Its unit is that of all numbers. */
  readonly field: Field;
  readonly total: Total;
  readonly summary: string;
  readonly isTable: boolean;
  readonly showLegend: boolean;
  readonly isTruncated: boolean;
  readonly width: number;
  readonly height: number;
  /** In place of columns and table. */
  readonly children?: ReactNode;
}

/** Lower panels have no legend. */
const ROOM_FOR_LEGEND = 140;

/** A panel of stacked columns over time, or of the same numbers as a table. */
export function ColumnsPanel(props: Props) {
  const { name, columns, completeUntil, timeZone, field, total, summary, isTable, isTruncated, width, height } = props;
  const styles = usePanelStyles();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const open = firstIncomplete(columns, completeUntil);
  const shown = withoutHidden(columns, hidden);
  const count = (value: number): string => {
    const display = field.display?.(value);
    return display === undefined ? value.toLocaleString('en') : formattedValueToString(display);
  };
  const signed = (value: number): string => (value < 0 ? `−${count(-value)}` : count(value));
  const linksOf = (index: number) =>
    uniqueLinks((columns.buckets[index]?.sources ?? []).flatMap((source) => linksAt(source.field, source.row)));
  const cursor = useCursor(columns.buckets.length, (index) => linksOf(index).length > 0);
  const labelOf = (index: number): string =>
    fullBucketLabel(columns.buckets[index]?.start ?? 0, columns.interval, timeZone);
  const rowsOf = (bucket: Bucket): [string, string][] => [
    ...columns.layers.map(({ label, isNegative }, layer): [string, string] => {
      const value = bucket.values[layer] ?? 0;
      return [label, signed(isNegative ? -value : value)];
    }),
    [total.label, signed(total.of(bucket))],
  ];
  const words = (index: number): string => {
    const bucket = columns.buckets[index];
    if (bucket === undefined) return '';
    const parts = rowsOf(bucket).map(([label, value]) => `${label.toLowerCase()} ${value}`);
    return `${labelOf(index)}: ${parts.join(', ')}${index >= open ? ', not complete yet' : ''}.`;
  };
  const hasLegend = props.showLegend && height >= ROOM_FOR_LEGEND && !isTable;
  const pointed = cursor.index === undefined ? undefined : columns.buckets[cursor.index];
  return (
    <figure className={styles.panel} style={{ width, height }} aria-label={name}>
      <figcaption className={visuallyHidden}>{summary}</figcaption>
      {hasLegend && (
        <ColumnLegend
          layers={columns.layers}
          hidden={hidden}
          onToggle={(key) => {
            setHidden(toggled(hidden, key));
          }}
          hasIncomplete={open < columns.buckets.length}
        />
      )}
      <div className={styles.body}>
        {isTable ? (
          <DataTable
            label={name}
            columns={[
              { name: 'Time', isText: true },
              ...columns.layers.map(({ label }) => ({ name: label })),
              { name: total.label },
              { name: 'Complete', isText: true },
            ]}
            count={columns.buckets.length}
            height={height}
            row={(index) => {
              // the newest first
              const at = columns.buckets.length - 1 - index;
              const bucket = columns.buckets[at];
              if (bucket === undefined) return [];
              return [labelOf(at), ...rowsOf(bucket).map(([, value]) => value), at >= open ? 'not yet' : 'yes'];
            }}
          />
        ) : (
          (props.children ?? (
            <Fill>
              {(chartWidth, chartHeight) => (
                <ColumnChart
                  columns={shown}
                  cursor={cursor}
                  open={open}
                  count={count}
                  timeZone={timeZone}
                  label={name}
                  words={words}
                  width={chartWidth}
                  height={chartHeight}
                />
              )}
            </Fill>
          ))
        )}
      </div>
      {isTruncated && (
        <p className={styles.warning} role="note">
          Only a part of the rows arrived: the result was cut by a limit.
        </p>
      )}
      {pointed !== undefined && cursor.anchor !== undefined && (
        <FloatingTooltip anchor={cursor.anchor} isPinned={cursor.isPinned}>
          <Details
            title={labelOf(cursor.index ?? 0)}
            rows={[
              ...rowsOf(pointed).map(
                ([label, value], layer) =>
                  [<Swatched key={label} color={columns.layers[layer]?.color} label={label} />, value] as const,
              ),
              ...((cursor.index ?? 0) >= open ? [['Not complete yet', ''] as const] : []),
            ]}
            links={linksOf(cursor.index ?? 0)}
            isPinned={cursor.isPinned}
          />
        </FloatingTooltip>
      )}
    </figure>
  );
}

function Swatched({ color, label }: { readonly color: string | undefined; readonly label: string }) {
  const styles = usePanelStyles();
  return (
    <>
      <span className={styles.swatch} style={{ background: color ?? 'transparent' }} />
      {label}
    </>
  );
}

function toggled(keys: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Layers that are switched off have no height; they keep their place and color. */
function withoutHidden(columns: Columns, hidden: ReadonlySet<string>): Columns {
  if (hidden.size === 0) return columns;
  const buckets = columns.buckets.map((bucket) => ({
    ...bucket,
    values: bucket.values.map((value, layer) => (hidden.has(columns.layers[layer]?.key ?? '') ? 0 : value)),
  }));
  return { ...columns, buckets };
}

/** Fields of one row may carry the same link. */
const uniqueLinks = <Link extends { href: string; title: string }>(links: readonly Link[]): Link[] => [
  ...new Map(links.map((link) => [`${link.title} ${link.href}`, link])).values(),
];
