import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { oneOf, wholeOr } from '../shared/option-values.ts';

export const VIEWS = ['flow', 'table'] as const;
export const MOST_EDGES = 300;

export interface PathsOptions {
  view: (typeof VIEWS)[number];
  /** The most connections that are drawn: the largest. */
  maxEdges: number;
}

export const DEFAULT_OPTIONS: PathsOptions = { view: 'flow', maxEdges: 120 };

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<PathsOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'flow', label: 'Flow', description: 'The wider, the more go this way' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addSliderInput({
      path: 'maxEdges',
      name: 'Connections',
      description: 'The largest ones that are drawn; the table has all',
      defaultValue: DEFAULT_OPTIONS.maxEdges,
      settings: { min: 10, max: MOST_EDGES, step: 10 },
      showIf: ({ view }) => view === 'flow',
    });
}

/** Options as they were stored by any version, as options of this one; what no longer exists gets the default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<PathsOptions>>, 'options'>): PathsOptions {
  const stored: Partial<Record<keyof PathsOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    maxEdges: wholeOr(stored.maxEdges, 1, MOST_EDGES, DEFAULT_OPTIONS.maxEdges),
  };
}
