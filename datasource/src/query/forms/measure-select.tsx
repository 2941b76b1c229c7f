import { Select } from '@grafana/ui';
import React, { useCallback } from 'react';
import type { Lookups } from '../../lookups.ts';
import { NameSelect } from '../name-select.tsx';

/** How a measure is said: a word, or an object of one aggregate and its property. */
export type MeasureDraft = string | Readonly<Record<string, string>> | undefined;

interface Props {
  readonly label: string;
  readonly measure: MeasureDraft;
  /** Measures that need no property, and what they are called. */
  readonly words: Readonly<Record<string, string>>;
  /** Measures of a property. */
  readonly aggregates: Readonly<Record<string, string>>;
  readonly event?: string | undefined;
  readonly lookups: Lookups;
  readonly onChange: (measure: string | Record<string, string>) => void;
}

/** What is taken of events: their number, or something of a property. */
export function MeasureSelect({ label, measure, words, aggregates, event, lookups, onChange }: Props) {
  const find = useCallback(() => lookups.properties(event), [lookups, event]);
  const [aggregate, property] =
    typeof measure === 'object' ? (Object.entries(measure)[0] ?? [undefined, undefined]) : [undefined, undefined];
  const options = Object.entries({ ...words, ...aggregates }).map(([value, text]) => ({ value, label: text }));
  const first = Object.keys(words)[0] ?? 'count';
  return (
    <>
      <Select
        aria-label={`Measure: ${label}`}
        width={22}
        options={options}
        value={aggregate ?? (typeof measure === 'string' ? measure : first)}
        menuShouldPortal
        onChange={({ value = first }) => {
          onChange(value in words ? value : { [value]: property ?? '' });
        }}
      />
      {aggregate !== undefined && (
        <NameSelect
          label={`Property: ${label}`}
          placeholder="property"
          value={property}
          find={find}
          width={22}
          invalid={property === ''}
          onChange={(name = '') => {
            onChange({ [aggregate]: name });
          }}
        />
      )}
    </>
  );
}
