import { config } from '@grafana/runtime';
import { CustomHeadersSettings, FieldSet, SecureSocksProxySettings } from '@grafana/ui';
import React from 'react';
import type { ConfigProps } from './props.ts';

/** What goes along with each request, and the way that it takes. */
export function HeadersSection({ options, onOptionsChange }: ConfigProps) {
  return (
    <FieldSet label="Way to the server">
      <CustomHeadersSettings dataSourceConfig={options} onChange={onOptionsChange} />
      {config.secureSocksDSProxyEnabled && (
        <SecureSocksProxySettings options={options} onOptionsChange={onOptionsChange} />
      )}
    </FieldSet>
  );
}
