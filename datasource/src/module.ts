import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor, QueryEditor } from './lazy.tsx';
import { SuuupraDataSource } from './datasource.ts';
import type { SuuupraOptions, SuuupraQuery, SuuupraSecrets } from './types.ts';

export const plugin = new DataSourcePlugin<SuuupraDataSource, SuuupraQuery, SuuupraOptions, SuuupraSecrets>(
  SuuupraDataSource,
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
