import { FieldSet, InlineField, InlineSwitch, Input, SecretInput, TLSAuthSettings } from '@grafana/ui';
import React from 'react';
import { withJson, type ConfigProps } from './props.ts';

const LABEL = 22;
const WIDTH = 44;

/** Who asks: user and password, certificates, and who is forwarded. */
export function AccessSection(props: ConfigProps) {
  const { options, onOptionsChange } = props;
  const { jsonData, secureJsonData, secureJsonFields } = options;
  const text = (name: 'userSetting' | 'userHeader', label: string, placeholder: string, tooltip: string) => (
    <InlineField label={label} labelWidth={LABEL} tooltip={tooltip}>
      <Input
        aria-label={label}
        width={WIDTH}
        placeholder={placeholder}
        value={jsonData[name] ?? ''}
        onChange={({ currentTarget }) => {
          withJson(props, { [name]: currentTarget.value });
        }}
      />
    </InlineField>
  );
  const toggle = (
    name: 'tlsSkipVerify' | 'tlsAuth' | 'tlsAuthWithCACert' | 'oauthPassThru',
    label: string,
    tooltip: string,
  ) => (
    <InlineField label={label} labelWidth={LABEL} tooltip={tooltip}>
      <InlineSwitch
        aria-label={label}
        value={jsonData[name] === true}
        onChange={({ currentTarget }) => {
          withJson(props, { [name]: currentTarget.checked });
        }}
      />
    </InlineField>
  );
  return (
    <FieldSet label="Access">
      <InlineField label="User" labelWidth={LABEL} tooltip="A user that may only read is enough">
        <Input
          aria-label="User"
          width={WIDTH}
          placeholder="default"
          value={options.user}
          onChange={({ currentTarget }) => {
            onOptionsChange({ ...options, user: currentTarget.value });
          }}
        />
      </InlineField>
      <InlineField label="Password" labelWidth={LABEL}>
        <SecretInput
          aria-label="Password"
          width={WIDTH}
          isConfigured={secureJsonFields['password'] === true}
          value={secureJsonData?.password ?? ''}
          onChange={({ currentTarget }) => {
            onOptionsChange({ ...options, secureJsonData: { ...secureJsonData, password: currentTarget.value } });
          }}
          onReset={() => {
            onOptionsChange({
              ...options,
              secureJsonFields: { ...secureJsonFields, password: false },
              secureJsonData: { ...secureJsonData, password: '' },
            });
          }}
        />
      </InlineField>
      {toggle(
        'tlsAuthWithCACert',
        'Own authority',
        'The certificate of the server is signed by an authority of your own',
      )}
      {toggle('tlsAuth', 'Client certificate', 'The server asks for a certificate')}
      {toggle('tlsSkipVerify', 'Skip verification', 'Trust any certificate. For tests only')}
      {(jsonData.tlsAuth === true || jsonData.tlsAuthWithCACert === true) && (
        <TLSAuthSettings dataSourceConfig={options} onChange={onOptionsChange} />
      )}
      {text(
        'userSetting',
        'User as setting',
        'SQL_grafana_user',
        'A custom setting of ClickHouse that carries the login of who asks, for row policies: getSetting(…)',
      )}
      {text('userHeader', 'User as header', 'X-Grafana-User', 'A header that carries the login of who asks')}
      {toggle(
        'oauthPassThru',
        'Forward OAuth token',
        'Ask ClickHouse with the token of who is signed in. Alert rules have none and use the user above',
      )}
    </FieldSet>
  );
}
