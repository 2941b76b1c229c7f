import type { DataFrame, VisualizationSuggestion, VisualizationSuggestionsBuilder } from '@grafana/data';

/** What a builder of suggestions has in 10.1; today's types show less. */
interface OldBuilder<Options> {
  readonly data?: { readonly series: DataFrame[] };
  getListAppender(defaults: VisualizationSuggestion<Options> & { pluginId: string }): {
    append(suggestion: VisualizationSuggestion<Options>): void;
  };
}

/**
 * The supplier of suggestions in both forms: newer versions of Grafana call it as a function, 10.1 calls its method. (13
 * takes nothing but a function, so the method is a property of that.)
 */
export const supplierOf = <Options>(
  name: string,
  pluginId: string,
  suggest: (frames: readonly DataFrame[] | undefined) => VisualizationSuggestion<Options>[],
) =>
  Object.assign(({ rawFrames }: { rawFrames?: DataFrame[] }) => suggest(rawFrames), {
    getSuggestionsForData(builder: VisualizationSuggestionsBuilder): void {
      const old = builder as unknown as OldBuilder<Options>;
      const list = old.getListAppender({ name, pluginId });
      for (const suggestion of suggest(old.data?.series)) list.append(suggestion);
    },
  });
