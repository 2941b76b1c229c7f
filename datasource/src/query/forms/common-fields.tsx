import React from 'react';
import { compact, type FilterDraft } from '../draft.ts';
import { AddFilter, FilterList } from '../filter-list.tsx';
import { useEditorStyles } from '../styles.ts';
import { TextField } from './fields.tsx';
import { listOf, textOf, type FormProps } from './form.ts';

/** Fields of every analysis: which events there are at all, and whose days are meant. */
export function CommonFields({ definition, lookups, onChange, days }: FormProps & { readonly days?: boolean }) {
  const styles = useEditorStyles();
  const filters = listOf<FilterDraft>(definition, 'filters');
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...definition, ...changed }));
  };
  const changeFilters = (changed: FilterDraft[]): void => {
    change({ filters: changed });
  };
  return (
    <>
      <div className={styles.row}>
        {days === true && (
          <TextField
            label="Timezone"
            tooltip="Whose days, weeks and months are meant, such as Europe/Berlin"
            placeholder="UTC"
            width={22}
            value={textOf(definition, 'timezone')}
            onChange={(timezone) => {
              change({ timezone });
            }}
          />
        )}
        <span className={styles.label}>Only events with</span>
        <AddFilter of="the analysis" filters={filters} onChange={changeFilters} />
      </div>
      {filters.length > 0 && (
        <FilterList of="the analysis" filters={filters} lookups={lookups} onChange={changeFilters} />
      )}
    </>
  );
}
