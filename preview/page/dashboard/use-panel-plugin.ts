import { type FieldConfigSource, getPanelOptionsWithDefaults, type PanelModel, type PanelPlugin } from '@grafana/data';
import { useEffect, useState } from 'react';
import { importPanelPlugin } from '../services/plugins.ts';
import { type PanelJson } from './model.ts';

/** A panel's plugin, and the panel's options as it holds them now. */
export interface LoadedPanel {
  readonly plugin?: PanelPlugin;
  readonly error?: string;
  readonly options: Record<string, unknown>;
  readonly fieldConfig: FieldConfigSource;
  setOptions(options: Record<string, unknown>): void;
  setFieldConfig(fieldConfig: FieldConfigSource): void;
}

interface Configured {
  readonly plugin: PanelPlugin;
  readonly options: Record<string, unknown>;
  readonly fieldConfig: FieldConfigSource;
}

const NONE: FieldConfigSource = { defaults: {}, overrides: [] };

/** Options and field configuration, with the plugin's defaults where the panel says nothing. */
function withDefaults(
  plugin: PanelPlugin,
  options: Record<string, unknown>,
  fieldConfig: FieldConfigSource,
): Configured {
  const complete = getPanelOptionsWithDefaults({
    plugin,
    currentOptions: options,
    // It is completed in place, and the dashboard is not ours to change.
    currentFieldConfig: structuredClone(fieldConfig),
    isAfterPluginChange: false,
  });
  return { plugin, options: complete.options as Record<string, unknown>, fieldConfig: complete.fieldConfig };
}

/** What the plugin makes of a panel that was written by another version of it. */
async function migrated(plugin: PanelPlugin, panel: PanelJson): Promise<Configured> {
  const model = structuredClone({ ...panel, options: panel.options ?? {}, fieldConfig: panel.fieldConfig ?? NONE });
  const options = plugin.onPanelMigration
    ? ((await plugin.onPanelMigration(model as unknown as PanelModel)) as Record<string, unknown> | undefined)
    : undefined;
  return withDefaults(plugin, { ...model.options, ...options }, model.fieldConfig);
}

/** Loads the plugin of a panel and completes the panel's options. */
export function usePanelPlugin(panel: PanelJson): LoadedPanel {
  const [configured, setConfigured] = useState<Configured>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let current = true;
    importPanelPlugin(panel.type)
      .then((plugin) => migrated(plugin, panel))
      .then(
        (ready) => {
          if (current) setConfigured(ready);
        },
        (cause: unknown) => {
          console.error(cause);
          if (current)
            setError(`Plugin ${panel.type} did not load: ${cause instanceof Error ? cause.message : String(cause)}`);
        },
      );
    return () => {
      current = false;
    };
  }, [panel]);
  const change = (options: Record<string, unknown>, fieldConfig: FieldConfigSource) => {
    setConfigured((last) => last && withDefaults(last.plugin, options, fieldConfig));
  };
  const { options = {}, fieldConfig = NONE } = configured ?? {};
  return {
    ...(configured ? { plugin: configured.plugin } : {}),
    ...(error === undefined ? {} : { error }),
    options,
    fieldConfig,
    setOptions: (next) => {
      change(next, fieldConfig);
    },
    setFieldConfig: (next) => {
      change(options, next);
    },
  };
}
