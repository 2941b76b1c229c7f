import { InlineField, Input, Select } from '@grafana/ui';
import React from 'react';
import type { BoundParameter, BoundParameters } from '../types.ts';
import { placeholdersOf } from './placeholders.ts';
import { useEditorStyles } from './styles.ts';

interface Props {
  readonly sql: string;
  readonly parameters: BoundParameters;
  readonly onChange: (parameters: BoundParameters) => void;
}

type Source = 'value' | 'from' | 'to' | 'interval';

const SOURCES: { value: Source; label: string }[] = [
  { value: 'value', label: 'value' },
  { value: 'from', label: 'start of the time range' },
  { value: 'to', label: 'end of the time range' },
  { value: 'interval', label: 'interval in ms' },
];

/** What was typed as a value: JSON where it is a list, a number or a truth value for a type that wants one, else text. */
export function readParameter(typed: string, type: string): unknown {
  if (/^(Nullable\()?(String|UUID|Date|DateTime|Identifier|LowCardinality|FixedString|Enum|IPv)/.test(type))
    return typed;
  if (/^(true|false)$/.test(typed)) return typed === 'true';
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

const shown = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The values of the placeholders that stand in the SQL. */
export function ParameterList({ sql, parameters, onChange }: Props) {
  const styles = useEditorStyles();
  const placeholders = placeholdersOf(sql);
  if (placeholders.length === 0) return null;
  return (
    <div className={styles.row} role="group" aria-label="Parameters">
      {placeholders.map(({ name, type }) => {
        const parameter: BoundParameter = { ...parameters[name], type };
        const change = (changed: BoundParameter): void => {
          onChange({ ...parameters, [name]: changed });
        };
        return (
          <InlineField key={name} label={name} tooltip={`A value of type ${type}, bound by ClickHouse`}>
            <div className={styles.row}>
              <Select<Source>
                aria-label={`Source of ${name}`}
                width={22}
                options={SOURCES}
                value={parameter.bind ?? 'value'}
                menuShouldPortal
                onChange={({ value: source = 'value' }) => {
                  change(source === 'value' ? { type, value: '' } : { type, bind: source });
                }}
              />
              {parameter.bind === undefined && (
                <Input
                  aria-label={`Value of ${name}`}
                  width={24}
                  placeholder={type}
                  key={shown(parameter.value)}
                  defaultValue={shown(parameter.value)}
                  onBlur={({ currentTarget }) => {
                    change({ type, value: readParameter(currentTarget.value, type) });
                  }}
                />
              )}
            </div>
          </InlineField>
        );
      })}
    </div>
  );
}
