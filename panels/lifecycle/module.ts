import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { buildOptions, migrateOptions, type LifecycleOptions } from './options.ts';
import { LifecyclePanel } from './panel.tsx';
import { supplier } from './suggestions.ts';

export const plugin = new PanelPlugin<LifecycleOptions>(LifecyclePanel)
  .useFieldConfig({
    standardOptions: { [FieldConfigProperty.Unit]: { defaultValue: 'locale' } },
    disableStandardOptions: [
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
