import {
  FieldColorModeId,
  FieldConfigProperty,
  identityOverrideProcessor,
  PanelPlugin,
  type PanelPluginMeta,
} from '@grafana/data';
import { type ComponentType } from 'react';
import { editorOf } from '../registries/editors.tsx';
import { frontendSettings } from '../settings.ts';
import { BarChart } from './bar-chart.tsx';
import { BarGauges } from './bar-gauge.tsx';
import { type StandInProps } from './props.ts';
import { Stat } from './stat.tsx';
import { TablePanel } from './table.tsx';
import { TextPanel } from './text.tsx';
import { TimeSeriesPanel } from './time-series.tsx';
import { UnknownPanel } from './unknown.tsx';

/** Core panels of Grafana that have a stand-in of their own; every other one is shown as a plain table. */
const COMPONENTS: Record<string, ComponentType<StandInProps>> = {
  barchart: BarChart,
  bargauge: BarGauges,
  gauge: BarGauges,
  piechart: BarGauges,
  stat: Stat,
  table: TablePanel,
  text: TextPanel,
  timeseries: TimeSeriesPanel,
};

/** Field options of core panels that dashboards set by overrides; the stand-ins' drawing code reads them. */
const CUSTOM_OPTIONS: Record<string, unknown> = {
  drawStyle: 'line',
  lineInterpolation: 'linear',
  lineWidth: 1,
  lineStyle: { fill: 'solid' },
  fillOpacity: 0,
  fillBelowTo: undefined,
  gradientMode: 'none',
  showPoints: 'auto',
  pointSize: 5,
  spanNulls: false,
  stacking: { mode: 'none', group: 'A' },
  axisPlacement: 'auto',
  axisLabel: '',
  axisSoftMin: undefined,
  axisSoftMax: undefined,
  barAlignment: 0,
  scaleDistribution: { type: 'linear' },
  thresholdsStyle: { mode: 'off' },
  hideFrom: { tooltip: false, viz: false, legend: false },
  width: undefined,
  align: 'auto',
  cellOptions: { type: 'auto' },
  displayMode: undefined,
};

/** Core panels whose values are coloured by thresholds unless a dashboard says otherwise; others have a colour per field. */
const BY_THRESHOLD = new Set(['bargauge', 'gauge', 'stat', 'table']);

const built = new Map<string, PanelPlugin>();

/** Whether a panel type is drawn by the preview itself. */
export const isStandIn = (id: string): boolean => !(id in frontendSettings().panels);

/** The stand-in for a core panel. */
export function standIn(id: string): PanelPlugin {
  const existing = built.get(id);
  if (existing) return existing;
  const plugin = new PanelPlugin(COMPONENTS[id] ?? UnknownPanel);
  plugin.useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: {
        settings: { byValueSupport: true, bySeriesSupport: true },
        defaultValue: { mode: BY_THRESHOLD.has(id) ? FieldColorModeId.Thresholds : FieldColorModeId.PaletteClassic },
      },
    },
    useCustomConfig: (builder) => {
      for (const [path, defaultValue] of Object.entries(CUSTOM_OPTIONS))
        builder.addCustomEditor({
          id: path,
          path: path as never,
          name: path,
          category: ['Stand-in'],
          editor: editorOf('links'),
          override: editorOf('links'),
          process: identityOverrideProcessor,
          shouldApply: () => true,
          defaultValue: defaultValue as never,
        });
    },
  });
  if (id === 'table' || id === 'text') plugin.setNoPadding();
  plugin.meta = metaOf(id);
  built.set(id, plugin);
  return plugin;
}

function metaOf(id: string): PanelPluginMeta {
  const info = {
    author: { name: 'Suuupra preview' },
    description: `Stand-in for Grafana's ${id} panel`,
    links: [],
    logos: { large: '', small: '' },
    screenshots: [],
    updated: '',
    version: '',
  };
  const skipDataQuery = id === 'text';
  return {
    id,
    name: id,
    type: 'panel',
    module: '',
    baseUrl: '',
    info,
    sort: 0,
    skipDataQuery,
  } as unknown as PanelPluginMeta;
}
