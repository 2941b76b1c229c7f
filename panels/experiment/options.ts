import type { PanelModel, PanelOptionsEditorBuilder } from '@grafana/data';
import { flagOr, oneOf } from '../shared/option-values.ts';

export const VIEWS = ['intervals', 'table'] as const;
export const CHANCES = ['p', 'chance', 'both'] as const;

export interface ExperimentOptions {
  view: (typeof VIEWS)[number];
  /** Which numbers stand beside the lift: the p-value, the chance to win, or both. */
  chances: (typeof CHANCES)[number];
  /** Begins with the estimates that CUPED adjusts. */
  cuped: boolean;
  /** The band of the interval that holds at every look. */
  showSequential: boolean;
  /** Users so far against those needed. */
  showSampleSize: boolean;
}

export const DEFAULT_OPTIONS: ExperimentOptions = {
  view: 'intervals',
  chances: 'both',
  cuped: false,
  showSequential: true,
  showSampleSize: true,
};

/** The panel's own settings, as they appear in the editor. */
export function buildOptions(builder: PanelOptionsEditorBuilder<ExperimentOptions>): void {
  builder
    .addRadio({
      path: 'view',
      name: 'View',
      defaultValue: DEFAULT_OPTIONS.view,
      settings: {
        options: [
          { value: 'intervals', label: 'Intervals', description: 'The lift of each metric on one axis' },
          { value: 'table', label: 'Table', description: 'All numbers' },
        ],
      },
    })
    .addRadio({
      path: 'chances',
      name: 'Beside the lift',
      defaultValue: DEFAULT_OPTIONS.chances,
      settings: {
        options: [
          { value: 'p', label: 'p-value' },
          { value: 'chance', label: 'Chance to win' },
          { value: 'both', label: 'Both' },
        ],
      },
      showIf: ({ view }) => view !== 'table',
    })
    .addBooleanSwitch({
      path: 'cuped',
      name: 'CUPED',
      description: 'Begin with the estimates in which earlier behaviour of the users is taken into account',
      defaultValue: DEFAULT_OPTIONS.cuped,
      showIf: ({ view }) => view !== 'table',
    })
    .addBooleanSwitch({
      path: 'showSequential',
      name: 'Sequential intervals',
      description: 'Intervals that hold however often one looks; decisions rest on them',
      defaultValue: DEFAULT_OPTIONS.showSequential,
      showIf: ({ view }) => view !== 'table',
    })
    .addBooleanSwitch({
      path: 'showSampleSize',
      name: 'Sample size',
      description: 'Users so far against those that each variant needs',
      defaultValue: DEFAULT_OPTIONS.showSampleSize,
      showIf: ({ view }) => view !== 'table',
    });
}

/** Options as they were stored by any version, as options of this one; what no longer exists gets the default. */
export function migrateOptions(panel: Pick<PanelModel<Partial<ExperimentOptions>>, 'options'>): ExperimentOptions {
  const stored: Partial<Record<keyof ExperimentOptions, unknown>> = panel.options;
  return {
    view: oneOf(VIEWS, stored.view, DEFAULT_OPTIONS.view),
    chances: oneOf(CHANCES, stored.chances, DEFAULT_OPTIONS.chances),
    cuped: flagOr(stored.cuped, DEFAULT_OPTIONS.cuped),
    showSequential: flagOr(stored.showSequential, DEFAULT_OPTIONS.showSequential),
    showSampleSize: flagOr(stored.showSampleSize, DEFAULT_OPTIONS.showSampleSize),
  };
}
