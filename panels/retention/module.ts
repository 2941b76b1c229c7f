import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { buildOptions, migrateOptions, type RetentionOptions } from './options.ts';
import { RetentionPanel } from './panel.tsx';
import { supplier } from './suggestions.ts';

export const plugin = new PanelPlugin<RetentionOptions>(RetentionPanel)
  .useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Unit]: { defaultValue: 'locale' },
      [FieldConfigProperty.Color]: {
        defaultValue: { mode: FieldColorModeId.Fixed, fixedColor: 'blue' },
        settings: { byValueSupport: false, bySeriesSupport: true, preferThresholdsMode: false },
      },
    },
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
