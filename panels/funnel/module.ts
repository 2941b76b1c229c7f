import { FieldColorModeId, FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { buildOptions, migrateOptions, type FunnelOptions } from './options.ts';
import { supplier } from './suggestions.ts';
import { FunnelPanel } from './panel.tsx';

export const plugin = new PanelPlugin<FunnelOptions>(FunnelPanel)
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
