import { IconButton, Input } from '@grafana/ui';
import React from 'react';
import type { Lookups } from '../../lookups.ts';
import { AddFilter, FilterList } from '../filter-list.tsx';
import { compact, type FilterDraft } from '../draft.ts';
import type { StepDraft } from './funnel-definition.ts';
import { NameSelect } from '../name-select.tsx';
import { useEditorStyles } from '../styles.ts';

interface Props {
  readonly number: number;
  readonly step: StepDraft;
  readonly lookups: Lookups;
  readonly onChange: (step: StepDraft) => void;
  /** Absent where the step cannot go there. */
  readonly onMoveUp?: (() => void) | undefined;
  readonly onMoveDown?: (() => void) | undefined;
  readonly onRemove?: (() => void) | undefined;
}

/** One step of a funnel: the event, what it is called, and what it must satisfy. */
export function StepEditor({ number, step, lookups, onChange, onMoveUp, onMoveDown, onRemove }: Props) {
  const styles = useEditorStyles();
  const own = `step ${String(number)}`;
  const filters = step.filters ?? [];
  const changeFilters = (changed: FilterDraft[]): void => {
    onChange(compact({ ...step, filters: changed }));
  };
  return (
    <div className={styles.step} role="group" aria-label={`Step ${String(number)}`}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.stack}>
        <div className={styles.row}>
          <NameSelect
            label={`Event of ${own}`}
            placeholder="event"
            value={step.event}
            find={lookups.events}
            invalid={step.event === undefined}
            onChange={(event) => {
              onChange(compact({ ...step, event }) as StepDraft);
            }}
          />
          <Input
            aria-label={`Name of ${own}`}
            placeholder={step.event ?? 'shown as'}
            width={28}
            defaultValue={step.name ?? ''}
            key={step.name}
            onBlur={({ currentTarget }) => {
              if (currentTarget.value !== (step.name ?? '')) onChange(compact({ ...step, name: currentTarget.value }));
            }}
          />
          <AddFilter of={own} filters={filters} onChange={changeFilters} />
        </div>
        {filters.length > 0 && (
          <FilterList of={own} filters={filters} event={step.event} lookups={lookups} onChange={changeFilters} />
        )}
      </div>
      <div className={styles.row}>
        <IconButton
          name="arrow-up"
          aria-label={`Move ${own} up`}
          tooltip="Move up"
          disabled={onMoveUp === undefined}
          onClick={onMoveUp}
        />
        <IconButton
          name="arrow-down"
          aria-label={`Move ${own} down`}
          tooltip="Move down"
          disabled={onMoveDown === undefined}
          onClick={onMoveDown}
        />
        <IconButton
          name="trash-alt"
          aria-label={`Remove ${own}`}
          tooltip="Remove the step"
          disabled={onRemove === undefined}
          onClick={onRemove}
        />
      </div>
    </div>
  );
}
