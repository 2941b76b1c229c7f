import {
  type DataFrame,
  VisualizationSuggestionScore,
  type VisualizationSuggestion,
  type VisualizationSuggestionsBuilder,
} from '@grafana/data';
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

/** What a builder of suggestions has in 10.1; today's types show less. */
interface OldBuilder {
  readonly data?: { readonly series: DataFrame[] };
  getListAppender(defaults: Suggestion & { pluginId: string }): { append(suggestion: Suggestion): void };
}

/**
 * The supplier in both forms: newer versions of Grafana call it as a function, 10.1 calls its method. (13 takes nothing
 * but a function, so the method is a property of that.)
 */
export const supplier = Object.assign(({ rawFrames }: { rawFrames?: DataFrame[] }) => suggest(rawFrames), {
  getSuggestionsForData(builder: VisualizationSuggestionsBuilder): void {
    const old = builder as unknown as OldBuilder;
    const list = old.getListAppender({ name: 'Funnel', pluginId: 'suuupra-funnel-panel' });
    for (const suggestion of suggest(old.data?.series)) list.append(suggestion);
  },
});
