import { css } from '@emotion/css';
import { type GrafanaTheme2, type SelectableValue } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Icon, InlineLabel, Input, MultiSelect, Select, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { ALL } from './variable-options.ts';
import { type ResolvedVariable } from './variables.ts';

const choose = (name: string, values: string[]): void => {
  locationService.partial({ [`var-${name}`]: values });
};

/** The variables of a dashboard that are not hidden, each with its label. */
export function VariableBar({ variables }: { variables: readonly ResolvedVariable[] }) {
  const styles = useStyles2(getStyles);
  const shown = variables.filter(({ json }) => json.hide !== 2 && json.type !== 'constant');
  if (shown.length === 0) return null;
  return (
    <div className={styles.bar} role="group" aria-label="Variables">
      {shown.map((variable) => (
        <div key={variable.json.name} className={styles.item}>
          {variable.json.hide !== 1 && (
            <InlineLabel width="auto" htmlFor={`var-${variable.json.name}`}>
              {variable.json.label || variable.json.name}
            </InlineLabel>
          )}
          {variable.error === undefined ? <Chooser variable={variable} /> : <Failure message={variable.error} />}
        </div>
      ))}
    </div>
  );
}

function Chooser({ variable: { json, options, chosen } }: { variable: ResolvedVariable }) {
  if (json.type === 'textbox')
    return (
      <Input
        id={`var-${json.name}`}
        width={20}
        key={chosen[0]}
        defaultValue={chosen[0] ?? ''}
        onBlur={(event) => {
          if (event.currentTarget.value !== chosen[0]) choose(json.name, [event.currentTarget.value]);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    );
  const items: SelectableValue<string>[] = [
    ...(json.includeAll ? [{ label: 'All', value: ALL }] : []),
    ...options.map(({ text, value }) => ({ label: text, value })),
  ];
  if (json.multi)
    return (
      <MultiSelect
        inputId={`var-${json.name}`}
        width="auto"
        options={items}
        value={[...chosen]}
        onChange={(selected) => {
          const values = selected.map(({ value }) => value ?? '');
          // The last choice decides between "All" and single values, as in Grafana.
          choose(json.name, values.at(-1) === ALL ? [ALL] : values.filter((value) => value !== ALL));
        }}
      />
    );
  return (
    <Select
      inputId={`var-${json.name}`}
      width="auto"
      options={items}
      value={chosen[0] ?? null}
      onChange={({ value }) => {
        choose(json.name, [value ?? '']);
      }}
    />
  );
}

function Failure({ message }: { message: string }) {
  return (
    <Tooltip content={message} theme="error">
      <span tabIndex={0} role="img" aria-label={message}>
        <Icon name="exclamation-triangle" />
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), minHeight: theme.spacing(4) }),
  item: css({ display: 'flex', alignItems: 'center', '& label': { marginRight: 0 } }),
});
