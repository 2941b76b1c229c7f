import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readRetention } from './model.ts';
import type { RetentionOptions } from './options.ts';

/** Suggested for cohorts, and for nothing else. */
function suggest(frames: readonly DataFrame[] | undefined): VisualizationSuggestion<RetentionOptions>[] {
  if (frames === undefined || readRetention(frames).kind !== 'retention') return [];
  return [
    { name: 'Retention', options: { view: 'heatmap' }, score: VisualizationSuggestionScore.Best },
    { name: 'Retention curves', options: { view: 'curves' }, score: VisualizationSuggestionScore.Good },
  ];
}

export const supplier = supplierOf('Retention', 'suuupra-retention-panel', suggest);
