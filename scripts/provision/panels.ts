import {
  BigValueColorMode,
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  FieldColorBuilder,
  FieldColorModeId,
  PanelBuilder as DashboardPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { FunnelOptions } from '../../panels/funnel/options.ts';
import { DATA_SOURCE } from './queries.ts';

export interface PanelText {
  readonly title: string;
  /** What the panel answers, for those who ask its little i. */
  readonly description: string;
}

export interface Shared extends PanelText {
  /** Number of the panel in its dashboard, by which links name it: never changed. */
  readonly id: number;
  /** Where it stands on the grid of 24 columns, and how large it is. */
  readonly at: readonly [x: number, y: number, width: number, height: number];
  readonly query: Builder<Dataquery>;
}

const prepared = <T extends DashboardPanel | Stat | TimeSeries | Table>(
  panel: T,
  { id, at, title, description, query }: Shared,
): T => {
  const [x, y, w, h] = at;
  panel.id(id).gridPos({ x, y, w, h }).title(title).description(description).datasource(DATA_SOURCE).withTarget(query);
  return panel;
};

/** Panels of this product, by the middle of their ids. */
export type OwnPanel = 'funnel' | 'experiment' | 'retention' | 'lifecycle' | 'segments' | 'paths';

/** A panel of this product; options that are left out have their defaults. */
export const ownPanel = (kind: OwnPanel, shared: Shared, options: object = {}): DashboardPanel =>
  prepared(new DashboardPanel(), shared).type(`suuupra-${kind}-panel`).options(options);

export const funnelPanel = (shared: Shared, options: Partial<FunnelOptions> = {}): DashboardPanel =>
  ownPanel('funnel', shared, options);

const legend = (): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true);

/** @param unit of Grafana, such as `short`, `percentunit`, `s` */
export const timeSeriesPanel = (shared: Shared, unit = 'short'): TimeSeries =>
  prepared(new TimeSeries(), shared).unit(unit).min(0).legend(legend());

/**
 * A number, the newest one of each series, over a small picture of how it came there.
 * @param fields names of the columns to show, as a regular expression; all if left out
 * @param calc how a series becomes one number
 */
export const statPanel = (
  shared: Shared,
  unit: string,
  { fields = '', calc = 'lastNotNull', picture = true } = {},
): Stat =>
  prepared(new Stat(), shared)
    .unit(unit)
    .colorMode(BigValueColorMode.None)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor('blue'))
    .graphMode(picture ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs([calc]).fields(fields).values(false));

/** Leaves a field out of legend, tooltip and drawing: for `overrideBy…`. */
export const HIDDEN = [{ id: 'custom.hideFrom', value: { tooltip: true, viz: true, legend: true } }];

/** How a column of a table is shown. */
export interface ColumnLook {
  readonly title?: string;
  /** Of Grafana, such as `s`, `percentunit`. */
  readonly unit?: string;
  readonly width?: number;
  readonly decimals?: number;
  readonly hidden?: boolean;
  /** Where a click on a value leads. */
  readonly link?: { readonly title: string; readonly url: string };
  /** As a bar between two numbers. */
  readonly bar?: readonly [min: number, max: number];
}

/** Rows as they are, with the looks of some columns. */
export const tablePanel = (shared: Shared, looks: Readonly<Record<string, ColumnLook>> = {}): Table => {
  const panel = prepared(new Table(), shared);
  for (const [column, { title, unit, width, decimals, hidden, link, bar }] of Object.entries(looks)) {
    const properties: { id: string; value: unknown }[] = [
      { id: 'displayName', value: title },
      { id: 'unit', value: unit },
      { id: 'custom.width', value: width },
      { id: 'decimals', value: decimals },
      { id: 'custom.hidden', value: hidden },
      { id: 'links', value: link && [link] },
      { id: 'min', value: bar?.[0] },
      { id: 'max', value: bar?.[1] },
      { id: 'custom.cellOptions', value: bar && { type: 'gauge', mode: 'basic' } },
      { id: 'color', value: bar && { mode: 'fixed', fixedColor: 'blue' } },
    ];
    panel.overrideByName(
      column,
      properties.filter(({ value }) => value !== undefined),
    );
  }
  return panel;
};
