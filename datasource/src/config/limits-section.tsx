import { Button, FieldSet, IconButton, InlineField, Input, TagsInput } from '@grafana/ui';
import React from 'react';
import { removeAt, replaceAt } from '../query/draft.ts';
import { withJson, type ConfigProps } from './props.ts';

const LABEL = 22;

/** How much a query may take, and settings that all of them get. */
export function LimitsSection(props: ConfigProps) {
  const { jsonData } = props.options;
  const settings = jsonData.settings ?? [];
  const number = (
    name: 'queryTimeoutSeconds' | 'rowLimit' | 'byteLimitMegabytes' | 'dialTimeout' | 'httpMaxConnsPerHost',
    label: string,
    placeholder: string,
    tooltip: string,
  ) => (
    <InlineField label={label} labelWidth={LABEL} tooltip={tooltip}>
      <Input
        aria-label={label}
        type="number"
        min={0}
        width={20}
        placeholder={placeholder}
        value={jsonData[name] ?? ''}
        onChange={({ currentTarget }) => {
          withJson(props, { [name]: currentTarget.value === '' ? undefined : Number(currentTarget.value) });
        }}
      />
    </InlineField>
  );
  return (
    <FieldSet label="Limits">
      {number(
        'queryTimeoutSeconds',
        'Query, seconds',
        '60',
        'The longest time a query may run; ClickHouse ends it then',
      )}
      {number('dialTimeout', 'Connecting, seconds', '10', 'The longest time until a connection stands')}
      {number(
        'rowLimit',
        'Rows',
        '1000000',
        'A longer result is cut, which panels say and alert rules refuse. 0 means no limit',
      )}
      {number('byteLimitMegabytes', 'Megabytes', '512', 'A larger result is cut in the same way. 0 means no limit')}
      {number('httpMaxConnsPerHost', 'Connections', 'no limit', 'The most queries that run at the same time')}
      <InlineField
        label="Settings of queries"
        labelWidth={LABEL}
        tooltip="Settings of ClickHouse that a query may give itself"
      >
        <TagsInput
          placeholder="max_threads"
          tags={jsonData.allowedSettings ?? []}
          onChange={(allowedSettings) => {
            withJson(props, { allowedSettings });
          }}
        />
      </InlineField>
      {settings.map((setting, index) => (
        <InlineField
          key={index}
          label={index === 0 ? 'Settings of all' : ''}
          labelWidth={LABEL}
          tooltip="Settings of ClickHouse that every query gets"
        >
          <>
            <Input
              aria-label={`Name of setting ${String(index + 1)}`}
              placeholder="max_threads"
              width={28}
              value={setting.name}
              onChange={({ currentTarget }) => {
                withJson(props, { settings: replaceAt(settings, index, { ...setting, name: currentTarget.value }) });
              }}
            />
            <Input
              aria-label={`Value of setting ${String(index + 1)}`}
              placeholder="8"
              width={16}
              value={setting.value}
              onChange={({ currentTarget }) => {
                withJson(props, { settings: replaceAt(settings, index, { ...setting, value: currentTarget.value }) });
              }}
            />
            <IconButton
              name="trash-alt"
              aria-label={`Remove setting ${String(index + 1)}`}
              tooltip="Remove the setting"
              onClick={() => {
                withJson(props, { settings: removeAt(settings, index) });
              }}
            />
          </>
        </InlineField>
      ))}
      <Button
        size="sm"
        variant="secondary"
        icon="plus"
        onClick={() => {
          withJson(props, { settings: [...settings, { name: '', value: '' }] });
        }}
      >
        Setting
      </Button>
    </FieldSet>
  );
}
