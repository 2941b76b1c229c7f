import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';
import { editorOf } from './editors.tsx';

type Process = FieldConfigPropertyItem['process'];
interface Property {
  readonly name: string;
  readonly editor: Parameters<typeof editorOf>[0];
  // Each processor takes values of its own type; the registry mixes them.
  readonly process: unknown;
  readonly defaultValue?: unknown;
}

/** The standard options of a field, as Grafana documents them; ids are paths in the field's configuration. */
const PROPERTIES: Record<string, Property> = {
  unit: { name: 'Unit', editor: 'unit', process: unitOverrideProcessor },
  min: { name: 'Min', editor: 'number', process: numberOverrideProcessor },
  max: { name: 'Max', editor: 'number', process: numberOverrideProcessor },
  fieldMinMax: { name: 'Field min/max', editor: 'boolean', process: booleanOverrideProcessor },
  decimals: { name: 'Decimals', editor: 'number', process: numberOverrideProcessor },
  displayName: { name: 'Display name', editor: 'text', process: displayNameOverrideProcessor },
  color: { name: 'Color scheme', editor: 'fieldColor', process: identityOverrideProcessor },
  noValue: { name: 'No value', editor: 'text', process: stringOverrideProcessor },
  links: { name: 'Data links', editor: 'links', process: dataLinksOverrideProcessor },
  actions: { name: 'Actions', editor: 'actions', process: identityOverrideProcessor },
  mappings: { name: 'Value mappings', editor: 'mappings', process: valueMappingsOverrideProcessor, defaultValue: [] },
  thresholds: {
    name: 'Thresholds',
    editor: 'thresholds',
    process: thresholdsOverrideProcessor,
    defaultValue: {
      mode: 'absolute',
      steps: [
        { value: -Infinity, color: 'green' },
        { value: 80, color: 'red' },
      ],
    },
  },
  filterable: { name: 'Ad-hoc filterable', editor: 'boolean', process: booleanOverrideProcessor },
};

/** The registry items of the standard options. */
export const standardFieldConfigs = (): FieldConfigPropertyItem[] =>
  Object.entries(PROPERTIES).map(([id, { name, editor, process, defaultValue }]) => ({
    id,
    path: id,
    name,
    description: '',
    category: ['Standard options'],
    editor: editorOf(editor),
    override: editorOf(editor),
    process: process as Process,
    shouldApply: () => true,
    defaultValue,
    settings: {},
  }));
