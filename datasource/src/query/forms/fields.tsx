import type { SelectableValue } from '@grafana/data';
import { InlineField, InlineSwitch, Input, Select } from '@grafana/ui';
import React, { useCallback } from 'react';
import type { Lookups } from '../../lookups.ts';
import { DurationInput } from '../duration-input.tsx';
import { NameSelect } from '../name-select.tsx';

interface FieldProps<T> {
  readonly label: string;
  readonly tooltip?: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

const withTooltip = (tooltip: string | undefined): { tooltip?: string } => (tooltip === undefined ? {} : { tooltip });

/** One of a few values. */
export function OptionField<T extends string>({
  label,
  tooltip,
  value,
  options,
  width = 20,
  onChange,
}: FieldProps<T> & { readonly options: readonly SelectableValue<T>[]; readonly width?: number }) {
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <Select<T>
        aria-label={label}
        width={width}
        options={[...options]}
        value={value}
        menuShouldPortal
        onChange={({ value: chosen }) => {
          if (chosen !== undefined) onChange(chosen);
        }}
      />
    </InlineField>
  );
}

/** A number, or nothing where it may be left out. Taken over when the field is left or Enter is pressed. */
export function NumberField({
  label,
  tooltip,
  value,
  placeholder,
  min = 0,
  max,
  step = 1,
  onChange,
}: FieldProps<number | undefined> & {
  readonly placeholder?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
}) {
  const take = (text: string): void => {
    const typed = text === '' ? undefined : Number(text);
    if (typed !== value && !Number.isNaN(typed)) onChange(typed);
  };
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <Input
        aria-label={label}
        type="number"
        width={12}
        min={min}
        {...(max === undefined ? {} : { max })}
        step={step}
        placeholder={placeholder ?? ''}
        key={String(value)}
        defaultValue={value ?? ''}
        onBlur={({ currentTarget }) => {
          take(currentTarget.value);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') take(currentTarget.value);
        }}
      />
    </InlineField>
  );
}

/** A text, or nothing. Taken over when the field is left or Enter is pressed. */
export function TextField({
  label,
  tooltip,
  value,
  placeholder,
  width = 28,
  onChange,
}: FieldProps<string | undefined> & { readonly placeholder?: string; readonly width?: number }) {
  const take = (text: string): void => {
    if (text !== (value ?? '')) onChange(text === '' ? undefined : text);
  };
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <Input
        aria-label={label}
        width={width}
        placeholder={placeholder ?? ''}
        key={value ?? ''}
        defaultValue={value ?? ''}
        onBlur={({ currentTarget }) => {
          take(currentTarget.value);
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') take(currentTarget.value);
        }}
      />
    </InlineField>
  );
}

/** A span of time. */
export function DurationField({ label, tooltip, value, onChange }: FieldProps<number>) {
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <div style={{ display: 'flex' }}>
        <DurationInput label={label} seconds={value} onChange={onChange} />
      </div>
    </InlineField>
  );
}

export function SwitchField({ label, tooltip, value, onChange }: FieldProps<boolean>) {
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <InlineSwitch
        aria-label={label}
        value={value}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked);
        }}
      />
    </InlineField>
  );
}

/** The name of a property. */
export function PropertyField({
  label,
  tooltip,
  value,
  placeholder,
  lookups,
  event,
  onChange,
}: FieldProps<string | undefined> & {
  readonly placeholder: string;
  readonly lookups: Lookups;
  readonly event?: string | undefined;
}) {
  const find = useCallback(() => lookups.properties(event), [lookups, event]);
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <NameSelect
        label={label}
        placeholder={placeholder}
        value={value}
        find={find}
        clearable
        width={22}
        onChange={onChange}
      />
    </InlineField>
  );
}

/** A value that a property has had. */
export function ValueField({
  label,
  tooltip,
  value,
  placeholder,
  property,
  event,
  lookups,
  onChange,
}: FieldProps<string | undefined> & {
  readonly placeholder: string;
  readonly property: string;
  readonly event?: string;
  readonly lookups: Lookups;
}) {
  const find = useCallback(
    () => lookups.values({ property, ...(event === undefined ? {} : { event }) }),
    [lookups, property, event],
  );
  return (
    <InlineField label={label} {...withTooltip(tooltip)}>
      <NameSelect label={label} placeholder={placeholder} value={value} find={find} width={26} onChange={onChange} />
    </InlineField>
  );
}
