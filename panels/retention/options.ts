import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { flagOr, oneOf, wholeOr } from '../shared/option-values.ts';

export const VIEWS = ['heatmap', 'curves', 'table'] as const;
export const NUMBERS = ['rate', 'count'] as const;
export const MOST_CURVES = 12;

export interface RetentionOptions {
  view: (typeof VIEWS)[number];
  /** What is written into the cells. */
  numbers: (typeof NUMBERS)[number];
  /** The row of all cohorts together. */
  showMean: boolean;
  /** Period 0, in which everybody is there by definition. */
  showFirst: boolean;
  /** Cohorts of fewer users are grey: their rates say little. */
  leastSize: number;
  /** The newest cohorts that have a curve, beside that of all together. */
  maxCurves: number;
}

export const DEFAULT_OPTIONS: RetentionOptions = {
  view: 'heatmap',
  numbers: 'rate',
  showMean: true,
  showFirst: true,
  leastSize: 20,
  maxCurves: 6,
};

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<RetentionOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'heatmap', label: 'Heat map', description: 'A row for each cohort' },
          { value: 'curves', label: 'Curves', description: 'A line for each cohort' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addRadio({
      path: 'numbers',
      name: 'Numbers',
      defaultValue: DEFAULT_OPTIONS.numbers,
      settings: {
        options: [
          { value: 'rate', label: 'Rates' },
          { value: 'count', label: 'Users' },
        ],
      },
      showIf: ({ view }) => view === 'heatmap',
    })
    .addBooleanSwitch({
      path: 'showMean',
      name: 'All together',
      description: 'All cohorts as one: means weighted by their sizes',
      defaultValue: DEFAULT_OPTIONS.showMean,
      showIf: ({ view }) => view !== 'table',
    })
    .addBooleanSwitch({
      path: 'showFirst',
      name: 'Period 0',
      description: 'The period in which the cohort began',
      defaultValue: DEFAULT_OPTIONS.showFirst,
      showIf: ({ view }) => view !== 'table',
    })
    .addNumberInput({
      path: 'leastSize',
      name: 'Least size',
      description: 'Cohorts of fewer users are grey',
      defaultValue: DEFAULT_OPTIONS.leastSize,
      settings: { min: 0, integer: true },
      showIf: ({ view }) => view !== 'table',
    })
    .addSliderInput({
      path: 'maxCurves',
      name: 'Curves',
      description: 'The newest cohorts that have a curve of their own',
      defaultValue: DEFAULT_OPTIONS.maxCurves,
      settings: { min: 0, max: MOST_CURVES, step: 1 },
      showIf: ({ view }) => view === 'curves',
    });
}

/** Options as they were stored by any version, as options of this one; what no longer exists gets the default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<RetentionOptions>>, 'options'>): RetentionOptions {
  const stored: Partial<Record<keyof RetentionOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    numbers: oneOf(NUMBERS, stored.numbers, DEFAULT_OPTIONS.numbers),
    showMean: flagOr(stored.showMean, DEFAULT_OPTIONS.showMean),
    showFirst: flagOr(stored.showFirst, DEFAULT_OPTIONS.showFirst),
    leastSize: wholeOr(stored.leastSize, 0, Number.MAX_SAFE_INTEGER, DEFAULT_OPTIONS.leastSize),
    maxCurves: wholeOr(stored.maxCurves, 0, MOST_CURVES, DEFAULT_OPTIONS.maxCurves),
  };
}
