import { Input, Select } from '@grafana/ui';
import React, { useState } from 'react';

const UNITS = [
  { value: 1, label: 'seconds' },
  { value: 60, label: 'minutes' },
  { value: 3600, label: 'hours' },
  { value: 86_400, label: 'days' },
];

interface Props {
  readonly label: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
}

const unitOf = (seconds: number): number =>
  [...UNITS].reverse().find(({ value }) => seconds >= value && seconds % value === 0)?.value ?? 1;

/** A span of time: a number and its unit. */
export function DurationInput({ label, seconds, onChange }: Props) {
  const [unit, setUnit] = useState(() => unitOf(seconds));
  const shown = seconds % unit === 0 ? unit : unitOf(seconds);
  return (
    <>
      <Input
        aria-label={label}
        type="number"
        min={0}
        width={10}
        key={`${String(seconds)}/${String(shown)}`}
        defaultValue={seconds / shown}
        onBlur={({ currentTarget }) => {
          const typed = Number(currentTarget.value);
          if (currentTarget.value !== '' && typed >= 0 && typed * shown !== seconds) onChange(typed * shown);
        }}
      />
      <Select<number>
        aria-label={`Unit of ${label}`}
        width={14}
        options={UNITS}
        value={shown}
        menuShouldPortal
        onChange={({ value = 1 }) => {
          setUnit(value);
          onChange((seconds / shown) * value);
        }}
      />
    </>
  );
}
