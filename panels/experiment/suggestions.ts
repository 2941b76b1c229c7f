import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readExperiment } from './model.ts';
import type { ExperimentOptions } from './options.ts';

/** Suggested for the results of an experiment, and for nothing else. */
const suggest = (frames: readonly DataFrame[] | undefined): VisualizationSuggestion<ExperimentOptions>[] =>
  frames === undefined || readExperiment(frames).kind !== 'experiment'
    ? []
    : [{ name: 'Experiment', options: { view: 'intervals' }, score: VisualizationSuggestionScore.Best }];

export const supplier = supplierOf('Experiment', 'suuupra-experiment-panel', suggest);
