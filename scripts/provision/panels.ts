import { BigValueColorMode } from '@grafana/grafana-foundation-sdk/common';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { PanelBuilder as DashboardPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import type { FunnelOptions } from '../../panels/funnel/options.ts';
import { DATA_SOURCE } from './queries.ts';

interface PanelText {
  readonly title: string;
  /** What the panel answers, for those who ask its little i. */
  readonly description: string;
}

interface Shared extends PanelText {
  /** Number of the panel in its dashboard, by which links name it: never changed. */
  readonly id: number;
  /** Where it stands on the grid of 24 columns, and how large it is. */
  readonly at: readonly [x: number, y: number, width: number, height: number];
  readonly query: Builder<Dataquery>;
}

const prepared = <T extends DashboardPanel | Stat | TimeSeries>(
  panel: T,
  { id, at, title, description, query }: Shared,
): T => {
  const [x, y, w, h] = at;
  panel.id(id).gridPos({ x, y, w, h }).title(title).description(description).datasource(DATA_SOURCE).withTarget(query);
  return panel;
};

export const funnelPanel = (shared: Shared, options: Partial<FunnelOptions> = {}): DashboardPanel =>
  prepared(new DashboardPanel(), shared).type('suuupra-funnel-panel').options(options);

export const timeSeriesPanel = (shared: Shared): TimeSeries => prepared(new TimeSeries(), shared).unit('short').min(0);

export const statPanel = (shared: Shared, unit: string): Stat =>
  prepared(new Stat(), shared).unit(unit).colorMode(BigValueColorMode.None);
