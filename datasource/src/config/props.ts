import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import type { SuuupraOptions, SuuupraSecrets } from '../types.ts';

export type ConfigProps = DataSourcePluginOptionsEditorProps<SuuupraOptions, SuuupraSecrets>;

/** Changes fields of jsonData. */
export const withJson = ({ options, onOptionsChange }: ConfigProps, changed: Partial<SuuupraOptions>): void => {
  onOptionsChange({ ...options, jsonData: { ...options.jsonData, ...changed } });
};
