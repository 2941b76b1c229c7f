import {
  monacoLanguageRegistry,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  type TransformerRegistryItem,
} from '@grafana/data';
import { standardEditors } from './editors.tsx';
import { standardFieldConfigs } from './field-config.ts';

/** Grafana 13 loads a transformation when it is first used, 10.1 has it at hand. */
const transformers = (lazy: boolean) => (): TransformerRegistryItem[] =>
  Object.values(standardTransformers).map((transformation) => ({
    id: transformation.id,
    name: transformation.name,
    description: transformation.description ?? '',
    transformation: (lazy ? () => Promise.resolve(transformation) : transformation) as LoadTransformation,
    editor: () => null,
    imageDark: '',
    imageLight: '',
  }));
type LoadTransformation = TransformerRegistryItem['transformation'];

/**
 * Fills the registries that @grafana/data leaves to its host; the contents are not in its npm package.
 * @param lazyTransformations whether this generation loads transformations by a function
 */
export function initRegistries(lazyTransformations: boolean): void {
  standardEditorsRegistry.setInit(standardEditors);
  standardFieldConfigEditorRegistry.setInit(standardFieldConfigs);
  standardTransformersRegistry.setInit(transformers(lazyTransformations));
  monacoLanguageRegistry.setInit(() => []);
}
