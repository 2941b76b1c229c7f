import type { SelectableValue } from '@grafana/data';
import { MultiSelect, Select } from '@grafana/ui';
import React, { useCallback } from 'react';
import { OPERATOR_WORDS } from '../analysis/filter-words.ts';
import type { Lookups } from '../lookups.ts';
import type { FilterDraft } from './draft.ts';
import { NameSelect } from './name-select.tsx';
import { useLookup } from './use-lookup.ts';

type Condition = Exclude<FilterDraft, { any: unknown[] }>;

interface Props {
  readonly filter: Condition;
  readonly event: string | undefined;
  readonly lookups: Lookups;
  readonly onChange: (filter: Condition) => void;
}

const OPERATORS = OPERATOR_WORDS.map(([value, label]) => ({ value, label }));
const WITHOUT_VALUE = ['exists', 'not_exists'];
const WITH_LIST = ['in', 'not_in'];
const TEXT_ONLY = ['contains', 'not_contains', 'starts_with', 'matches'];

/**
 * What was typed, as the JSON value that it reads like: numbers and truth values are such, and `eq` never mixes types.
 * In quotes it is text.
 */
export function readValue(typed: string, operator: string): unknown {
  if (TEXT_ONLY.includes(operator)) return typed;
  if (/^".*"$/s.test(typed)) return typed.slice(1, -1);
  if (typed === 'true' || typed === 'false') return typed === 'true';
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(typed) && Number.isSafeInteger(Math.trunc(Number(typed)))
    ? Number(typed)
    : typed;
}

/** A value as it is typed: texts that would be read as something else are in quotes. */
export function writeValue(value: unknown, operator: string): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  return readValue(value, operator) === value ? value : `"${value}"`;
}

/** The value for another operator: a list where one is wanted, none where none is. */
function valueFor(operator: string, value: unknown): { value?: unknown } {
  if (WITHOUT_VALUE.includes(operator)) return {};
  const list = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
  if (WITH_LIST.includes(operator)) return { value: list };
  const first = list[0];
  if (first === undefined) return {};
  return { value: TEXT_ONLY.includes(operator) ? String(first) : first };
}

/** One condition: property, operator, value. */
export function FilterRow({ filter, event, lookups, onChange }: Props) {
  const { property, op = 'eq', value } = filter;
  const findProperties = useCallback(() => lookups.properties(event), [lookups, event]);
  const findValues = useCallback(
    () => lookups.values({ property: property ?? '', ...(event === undefined ? {} : { event }) }),
    [lookups, property, event],
  );
  const values = useLookup(findValues);
  const shared = {
    'aria-label': 'Value',
    options: values.options,
    isLoading: values.isLoading,
    onOpenMenu: property === undefined ? undefined : values.load,
    allowCustomValue: true,
    placeholder: 'value',
    noOptionsMessage: values.problem ?? 'Nothing found; type a value',
    menuShouldPortal: true,
  };
  const asOption = (item: unknown): SelectableValue<string> => {
    const text = writeValue(item, op);
    return { label: text, value: text };
  };
  return (
    <>
      <NameSelect
        label="Property"
        placeholder="property"
        value={property}
        find={findProperties}
        width={24}
        onChange={(name) => {
          onChange({ ...filter, op, ...(name === undefined ? {} : { property: name }) });
        }}
      />
      <Select<string>
        aria-label="Operator"
        width={18}
        options={OPERATORS}
        value={op}
        menuShouldPortal
        onChange={({ value: chosen = 'eq' }) => {
          onChange({ ...(property === undefined ? {} : { property }), op: chosen, ...valueFor(chosen, value) });
        }}
      />
      {WITH_LIST.includes(op) && (
        <MultiSelect<string>
          {...shared}
          width={32}
          value={(Array.isArray(value) ? value : []).map(asOption)}
          onChange={(chosen) => {
            onChange({ ...filter, value: chosen.map((item) => readValue(item.value ?? '', op)) });
          }}
        />
      )}
      {!WITH_LIST.includes(op) && !WITHOUT_VALUE.includes(op) && (
        <Select<string>
          {...shared}
          width={24}
          value={value === undefined ? null : asOption(value)}
          onChange={(chosen) => {
            onChange({ ...filter, op, value: readValue(chosen.value ?? '', op) });
          }}
        />
      )}
    </>
  );
}
