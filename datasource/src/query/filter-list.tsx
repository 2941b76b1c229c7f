import { Button, IconButton } from '@grafana/ui';
import React from 'react';
import { formatFilters } from '../analysis/filter-words.ts';
import type { Lookups } from '../lookups.ts';
import { FilterRow } from './filter-row.tsx';
import { removeAt, replaceAt, type FilterDraft } from './draft.ts';
import { useEditorStyles } from './styles.ts';

interface Props {
  /** What is filtered, for screen readers: "step 1". */
  readonly of: string;
  readonly filters: readonly FilterDraft[];
  readonly event?: string | undefined;
  readonly lookups: Lookups;
  readonly onChange: (filters: FilterDraft[]) => void;
}

/** Adds a condition. */
export function AddFilter({ of, filters, onChange }: Pick<Props, 'of' | 'filters' | 'onChange'>) {
  return (
    <Button
      size="sm"
      variant="secondary"
      fill="text"
      icon="filter"
      aria-label={`Add a filter to ${of}`}
      onClick={() => {
        onChange([...filters, { op: 'eq' }]);
      }}
    >
      Filter
    </Button>
  );
}

/** Conditions that must all hold. */
export function FilterList({ of, filters, event, lookups, onChange }: Props) {
  const styles = useEditorStyles();
  const remove = (index: number) => (
    <IconButton
      name="times"
      aria-label={`Remove filter ${String(index + 1)} of ${of}`}
      tooltip="Remove the filter"
      onClick={() => {
        onChange(removeAt(filters, index));
      }}
    />
  );
  return (
    <div className={styles.filters}>
      {filters.map((filter, index) => (
        <div className={styles.row} key={index} role="group" aria-label={`Filter ${String(index + 1)} of ${of}`}>
          {'any' in filter ? (
            <span className={styles.note} title="Alternatives are edited as JSON">
              {formatFilters([filter])}
            </span>
          ) : (
            <FilterRow
              filter={filter}
              event={event}
              lookups={lookups}
              onChange={(changed) => {
                onChange(replaceAt(filters, index, changed));
              }}
            />
          )}
          {remove(index)}
        </div>
      ))}
    </div>
  );
}
