import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { flagOr, oneOf } from '../shared/option-values.ts';

export const VIEWS = ['time', 'newest', 'table'] as const;

export interface SegmentsOptions {
  /** Sizes over time, the newest ones alone, or all numbers. */
  view: (typeof VIEWS)[number];
  showLegend: boolean;
  /** Wide panels: the newest sizes beside those over time. */
  showNewest: boolean;
}

export const DEFAULT_OPTIONS: SegmentsOptions = { view: 'time', showLegend: true, showNewest: true };

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<SegmentsOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'time', label: 'Over time', description: 'Stacked columns' },
          { value: 'newest', label: 'Newest', description: 'Sizes at the end of the data' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showNewest',
      name: 'Newest sizes',
      description: 'Beside the columns, where there is room',
      defaultValue: DEFAULT_OPTIONS.showNewest,
      showIf: ({ view }) => view === 'time',
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: 'Legend',
      defaultValue: DEFAULT_OPTIONS.showLegend,
      showIf: ({ view }) => view === 'time',
    });
}

/** Options as they were stored by any version, as options of this one; what no longer exists gets the default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<SegmentsOptions>>, 'options'>): SegmentsOptions {
  const stored: Partial<Record<keyof SegmentsOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    showLegend: flagOr(stored.showLegend, DEFAULT_OPTIONS.showLegend),
    showNewest: flagOr(stored.showNewest, DEFAULT_OPTIONS.showNewest),
  };
}
