import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { Alert } from '@grafana/ui';
import React from 'react';
import type { SuuupraOptions, SuuupraSecrets } from '../types.ts';
import { AccessSection } from './access-section.tsx';
import { ConnectionSection } from './connection-section.tsx';
import { HeadersSection } from './headers-section.tsx';
import { LimitsSection } from './limits-section.tsx';

export type ConfigProps = DataSourcePluginOptionsEditorProps<SuuupraOptions, SuuupraSecrets>;

/** Changes fields of jsonData. */
export const withJson = ({ options, onOptionsChange }: ConfigProps, changed: Partial<SuuupraOptions>): void => {
  onOptionsChange({ ...options, jsonData: { ...options.jsonData, ...changed } });
};

/** The settings of a data source. Everything here can be provisioned from YAML under the same names. */
export default function ConfigEditor(props: ConfigProps) {
  return (
    <>
      {props.options.readOnly === true && (
        <Alert severity="info" title="This data source is provisioned">
          Change the file that it was provisioned from; changes made here cannot be saved.
        </Alert>
      )}
      <ConnectionSection {...props} />
      <AccessSection {...props} />
      <LimitsSection {...props} />
      <HeadersSection {...props} />
    </>
  );
}
