import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { flagOr, oneOf, wholeOr } from '../shared/option-values.ts';

export const VIEWS = ['bars', 'flow', 'table'] as const;
export type View = (typeof VIEWS)[number];

export const TIMES = ['none', 'median', 'p90'] as const;
export type Times = (typeof TIMES)[number];

export interface FunnelOptions {
  /** `bars` stand side by side, in `flow` the steps follow each other downwards. Narrow panels always show `flow`. */
  view: View;
  /** Confidence intervals at the bars. */
  showIntervals: boolean;
  /** How many were lost before a step. */
  showDropOff: boolean;
  /** Times since the step before. */
  times: Times;
  /** With a breakdown: all together beside its values. */
  showOverall: boolean;
  /** With a breakdown: the most values that are shown. */
  maxSeries: number;
  showLegend: boolean;
}

export const DEFAULT_OPTIONS: FunnelOptions = {
  view: 'bars',
  showIntervals: true,
  showDropOff: true,
  times: 'median',
  showOverall: true,
  maxSeries: 5,
  showLegend: true,
};

export const MOST_SERIES = 12;

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<FunnelOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'bars', label: 'Bars', description: 'Steps side by side' },
          { value: 'flow', label: 'Flow', description: 'Steps below each other' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showIntervals',
      name: 'Confidence intervals',
      description: 'Where the true rate lies with the confidence of the analysis, 95 % unless it says otherwise',
      defaultValue: DEFAULT_OPTIONS.showIntervals,
      showIf: ({ view }) => view !== 'table',
    })
    .addBooleanSwitch({
      path: 'showDropOff',
      name: 'Drop-off',
      description: 'How many were lost before each step',
      defaultValue: DEFAULT_OPTIONS.showDropOff,
      showIf: ({ view }) => view !== 'table',
    })
    .addRadio({
      path: 'times',
      name: 'Time since the step before',
      defaultValue: DEFAULT_OPTIONS.times,
      settings: {
        options: [
          { value: 'none', label: 'None' },
          { value: 'median', label: 'Median' },
          { value: 'p90', label: 'Median and 90 %' },
        ],
      },
      showIf: ({ view }) => view !== 'table',
    })
    .addSliderInput({
      path: 'maxSeries',
      name: 'Values side by side',
      description: 'The largest values of the breakdown; the rest is added up',
      category: ['Breakdown'],
      defaultValue: DEFAULT_OPTIONS.maxSeries,
      settings: { min: 1, max: MOST_SERIES, step: 1 },
    })
    .addBooleanSwitch({
      path: 'showOverall',
      name: 'All together',
      description: 'Show the whole beside the values of the breakdown',
      category: ['Breakdown'],
      defaultValue: DEFAULT_OPTIONS.showOverall,
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: 'Legend',
      category: ['Breakdown'],
      defaultValue: DEFAULT_OPTIONS.showLegend,
      showIf: ({ view }) => view !== 'table',
    });
}

/**
 * Options as they were stored by any version, as options of this one: what is unknown is left out, what is missing or has
 * a value that no longer exists gets the default.
 */
export function migrateOptions(panel: Pick<PanelModel<Partial<FunnelOptions>>, 'options'>): FunnelOptions {
  const stored: Partial<Record<keyof FunnelOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    showIntervals: flagOr(stored.showIntervals, DEFAULT_OPTIONS.showIntervals),
    showDropOff: flagOr(stored.showDropOff, DEFAULT_OPTIONS.showDropOff),
    times: oneOf(TIMES, stored.times, DEFAULT_OPTIONS.times),
    showOverall: flagOr(stored.showOverall, DEFAULT_OPTIONS.showOverall),
    maxSeries: wholeOr(stored.maxSeries, 1, MOST_SERIES, DEFAULT_OPTIONS.maxSeries),
    showLegend: flagOr(stored.showLegend, DEFAULT_OPTIONS.showLegend),
  };
}
