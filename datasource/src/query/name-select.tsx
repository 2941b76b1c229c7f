import type { SelectableValue } from '@grafana/data';
import { Select } from '@grafana/ui';
import React from 'react';
import type { Found } from '../types.ts';
import { useLookup } from './use-lookup.ts';

interface Props {
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder: string;
  readonly find: () => Promise<Found[]>;
  readonly onChange: (name: string | undefined) => void;
  readonly clearable?: boolean;
  readonly width?: number;
  readonly invalid?: boolean;
}

/** A name out of those that exist. One that does not exist (yet) can be typed. */
export function NameSelect({ label, value, placeholder, find, onChange, clearable, width, invalid }: Props) {
  const { options, isLoading, problem, load } = useLookup(find);
  const current: SelectableValue<string> | null =
    value === undefined || value === ''
      ? null
      : (options.find((option) => option.value === value) ?? { label: value, value });
  return (
    <Select<string>
      aria-label={label}
      value={current}
      options={options}
      isLoading={isLoading}
      onOpenMenu={load}
      onChange={(option: SelectableValue<string> | null) => {
        onChange(option?.value);
      }}
      allowCustomValue
      isClearable={clearable === true}
      placeholder={placeholder}
      noOptionsMessage={problem ?? 'Nothing found; type a name'}
      width={width ?? 28}
      invalid={invalid === true}
      menuShouldPortal
    />
  );
}
