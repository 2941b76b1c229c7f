import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { flagOr, oneOf } from '../shared/option-values.ts';

export const VIEWS = ['columns', 'table'] as const;

export interface LifecycleOptions {
  view: (typeof VIEWS)[number];
  showLegend: boolean;
}

export const DEFAULT_OPTIONS: LifecycleOptions = { view: 'columns', showLegend: true };

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<LifecycleOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'columns', label: 'Columns', description: 'Those who left below zero' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: 'Legend',
      defaultValue: DEFAULT_OPTIONS.showLegend,
      showIf: ({ view }) => view !== 'table',
    });
}

/** Options as they were stored by any version, as options of this one; what no longer exists gets the default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<LifecycleOptions>>, 'options'>): LifecycleOptions {
  const stored: Partial<Record<keyof LifecycleOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    showLegend: flagOr(stored.showLegend, DEFAULT_OPTIONS.showLegend),
  };
}
