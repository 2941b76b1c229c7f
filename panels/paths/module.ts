import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { buildOptions, migrateOptions, type PathsOptions } from './options.ts';
import { PathsPanel } from './panel.tsx';
import { supplier } from './suggestions.ts';

export const plugin = new PanelPlugin<PathsOptions>(PathsPanel)
  .useFieldConfig({
    standardOptions: { [FieldConfigProperty.Unit]: { defaultValue: 'locale' } },
    disableStandardOptions: [
      FieldConfigProperty.Color,
      FieldConfigProperty.Min,
      FieldConfigProperty.Max,
      FieldConfigProperty.Thresholds,
      FieldConfigProperty.Mappings,
      FieldConfigProperty.NoValue,
    ],
  })
  .setPanelOptions(buildOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(supplier);
