import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readLifecycle } from './model.ts';
import type { LifecycleOptions } from './options.ts';

/** Suggested for the lifecycle of users, and for nothing else. */
const suggest = (frames: readonly DataFrame[] | undefined): VisualizationSuggestion<LifecycleOptions>[] =>
  frames === undefined || readLifecycle(frames).kind !== 'lifecycle'
    ? []
    : [{ name: 'Lifecycle', options: { view: 'columns' }, score: VisualizationSuggestionScore.Best }];

export const supplier = supplierOf('Lifecycle', 'suuupra-lifecycle-panel', suggest);
