import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readSegments } from './model.ts';
import type { SegmentsOptions } from './options.ts';

/** Suggested for sizes of segments, and for nothing else. */
function suggest(frames: readonly DataFrame[] | undefined): VisualizationSuggestion<SegmentsOptions>[] {
  if (frames === undefined || readSegments(frames).kind !== 'segments') return [];
  return [
    { name: 'Segments over time', options: { view: 'time' }, score: VisualizationSuggestionScore.Best },
    { name: 'Newest segments', options: { view: 'newest' }, score: VisualizationSuggestionScore.Good },
  ];
}

export const supplier = supplierOf('Segments', 'suuupra-segments-panel', suggest);
