import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readPaths } from './model.ts';
import type { PathsOptions } from './options.ts';

/** Suggested for ways from event to event, and for nothing else. */
const suggest = (frames: readonly DataFrame[] | undefined): VisualizationSuggestion<PathsOptions>[] =>
  frames === undefined || readPaths(frames).kind !== 'paths'
    ? []
    : [{ name: 'Paths', options: { view: 'flow' }, score: VisualizationSuggestionScore.Best }];

export const supplier = supplierOf('Paths', 'suuupra-paths-panel', suggest);
