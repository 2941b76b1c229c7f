import { Alert } from '@grafana/ui';
import React from 'react';
import { AccessSection } from './access-section.tsx';
import { ConnectionSection } from './connection-section.tsx';
import { HeadersSection } from './headers-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import type { ConfigProps } from './props.ts';

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
