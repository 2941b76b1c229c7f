import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { buildOptions, migrateOptions, type ExperimentOptions } from './options.ts';
import { ExperimentPanel } from './panel.tsx';
import { supplier } from './suggestions.ts';

export const plugin = new PanelPlugin<ExperimentOptions>(ExperimentPanel)
  .useFieldConfig({
    disableStandardOptions: [
      FieldConfigProperty.Min,
      FieldConfigProperty.Max,
      FieldConfigProperty.Color,
      FieldConfigProperty.Thresholds,
      FieldConfigProperty.Mappings,
      FieldConfigProperty.NoValue,
    ],
  })
  .setPanelOptions(buildOptions)
  .setMigrationHandler(migrateOptions)
  .setSuggestionsSupplier(supplier);
