import { FieldSet, InlineField, Input, Select } from '@grafana/ui';
import React from 'react';
import type { SuuupraOptions } from '../types.ts';
import { withJson, type ConfigProps } from './props.ts';

const LABEL = 22;
const WIDTH = 44;

const COMPRESSIONS: { value: NonNullable<SuuupraOptions['compression']>; label: string; description: string }[] = [
  { value: '', label: 'None', description: 'Fastest on the same machine or network' },
  { value: 'zstd', label: 'zstd', description: 'For servers that are far away' },
  { value: 'gzip', label: 'gzip', description: 'For proxies that know nothing else' },
];

/** Where ClickHouse is. */
export function ConnectionSection(props: ConfigProps) {
  const { options, onOptionsChange } = props;
  return (
    <FieldSet label="Connection">
      <InlineField
        label="URL"
        labelWidth={LABEL}
        tooltip="The HTTP interface of ClickHouse, usually port 8123, or 8443 with TLS"
        required
      >
        <Input
          id="suuupra-url"
          aria-label="URL"
          width={WIDTH}
          placeholder="http://127.0.0.1:8123"
          value={options.url}
          onChange={({ currentTarget }) => {
            onOptionsChange({ ...options, url: currentTarget.value });
          }}
        />
      </InlineField>
      <InlineField
        label="Database"
        labelWidth={LABEL}
        tooltip="Names without a database are looked for here; analyses read its events"
      >
        <Input
          aria-label="Database"
          width={WIDTH}
          placeholder="analytics"
          value={options.jsonData.database ?? ''}
          onChange={({ currentTarget }) => {
            withJson(props, { database: currentTarget.value });
          }}
        />
      </InlineField>
      <InlineField label="Compression" labelWidth={LABEL} tooltip="How results travel">
        <Select
          aria-label="Compression"
          width={WIDTH}
          options={COMPRESSIONS}
          value={options.jsonData.compression ?? ''}
          onChange={({ value = '' }) => {
            withJson(props, { compression: value });
          }}
        />
      </InlineField>
    </FieldSet>
  );
}
