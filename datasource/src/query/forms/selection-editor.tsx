import React from 'react';
import type { Lookups } from '../../lookups.ts';
import { compact, type Draft, type FilterDraft } from '../draft.ts';
import { AddFilter, FilterList } from '../filter-list.tsx';
import { NameSelect } from '../name-select.tsx';
import { useEditorStyles } from '../styles.ts';
import { listOf, textOf } from './form.ts';

interface Props {
  /** What the events are for, as it stands before the field. */
  readonly label: string;
  readonly selection: Draft;
  readonly lookups: Lookups;
  readonly onChange: (selection: Record<string, unknown>) => void;
  /** Whether events of any type can be meant; otherwise a type must be named. */
  readonly anyEvent?: boolean;
  readonly children?: React.ReactNode;
}

/** Which events: those of a type that satisfy conditions. */
export function SelectionEditor({ label, selection, lookups, onChange, anyEvent, children }: Props) {
  const styles = useEditorStyles();
  const event = textOf(selection, 'event');
  const filters = listOf<FilterDraft>(selection, 'filters');
  const changeFilters = (changed: FilterDraft[]): void => {
    onChange(compact({ ...selection, filters: changed }));
  };
  return (
    <div className={styles.stack} role="group" aria-label={label}>
      <div className={styles.row}>
        <span className={styles.label}>{label}</span>
        <NameSelect
          label={`Event: ${label}`}
          placeholder={anyEvent === true ? 'any event' : 'event'}
          value={event}
          find={lookups.events}
          clearable={anyEvent === true}
          invalid={anyEvent !== true && event === undefined}
          onChange={(name) => {
            onChange(compact({ ...selection, event: name }));
          }}
        />
        {children}
        <AddFilter of={label} filters={filters} onChange={changeFilters} />
      </div>
      {filters.length > 0 && (
        <FilterList of={label} filters={filters} event={event} lookups={lookups} onChange={changeFilters} />
      )}
    </div>
  );
}
