import { type DataFrame, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { supplierOf } from '../shared/supplier.ts';
import { readFunnel } from './model.ts';
import { DEFAULT_OPTIONS, type FunnelOptions } from './options.ts';

type Suggestion = VisualizationSuggestion<FunnelOptions>;

/** The funnel is suggested for data that is one, and for nothing else. */
export function suggest(frames: readonly DataFrame[] | undefined): Suggestion[] {
  if (frames === undefined || readFunnel(frames, DEFAULT_OPTIONS.maxSeries).kind !== 'funnel') return [];
  const small: Suggestion = {
    cardOptions: {
      previewModifier: (card) => {
        card.options = { ...card.options, times: 'none', showLegend: false };
      },
    },
  };
  return [
    { ...small, name: 'Funnel', options: { view: 'bars' }, score: VisualizationSuggestionScore.Best },
    {
      ...small,
      name: 'Funnel, steps below each other',
      options: { view: 'flow' },
      score: VisualizationSuggestionScore.Good,
    },
  ];
}

export const supplier = supplierOf('Funnel', 'suuupra-funnel-panel', suggest);
