import { locationService } from '@grafana/runtime';
import { Field, Select } from '@grafana/ui';
import React from 'react';
import { sources } from '../asking/source.ts';

/** Which data source a page asks; not there where there is no choice. */
export function SourceChoice({ uid }: { uid: string }) {
  const options = sources().map(({ uid: value, name: label }) => ({ value, label }));
  if (options.length < 2) return null;
  return (
    <Field label="Data source" style={{ margin: 0 }}>
      <Select
        inputId="suuupra-source"
        aria-label="Data source"
        width={32}
        options={options}
        value={uid}
        onChange={({ value }) => {
          locationService.partial({ source: value });
        }}
      />
    </Field>
  );
}
