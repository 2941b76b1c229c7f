import { Button, IconButton, Select } from '@grafana/ui';
import React from 'react';
import type { Lookups } from '../../lookups.ts';
import { compact, removeAt, replaceAt } from '../draft.ts';
import type { ExclusionDraft } from './funnel-definition.ts';
import { NameSelect } from '../name-select.tsx';
import { useEditorStyles } from '../styles.ts';

interface Props {
  readonly exclusions: readonly ExclusionDraft[];
  /** How many steps the funnel has. */
  readonly steps: number;
  readonly lookups: Lookups;
  readonly onChange: (exclusions: ExclusionDraft[]) => void;
}

/** Events that must not happen between two steps. */
export function ExclusionList({ exclusions, steps, lookups, onChange }: Props) {
  const styles = useEditorStyles();
  const numbers = Array.from({ length: steps }, (_, index) => ({
    value: index + 1,
    label: `step ${String(index + 1)}`,
  }));
  return (
    <div className={styles.filters}>
      {exclusions.map((exclusion, index) => {
        const { after_step: after = 1, before_step: before = 2 } = exclusion;
        const change = (changed: Partial<ExclusionDraft>): void => {
          onChange(replaceAt(exclusions, index, compact({ ...exclusion, ...changed })));
        };
        return (
          <div className={styles.row} key={index} role="group" aria-label={`Exclusion ${String(index + 1)}`}>
            <span className={styles.label}>but not</span>
            <NameSelect
              label={`Excluded event ${String(index + 1)}`}
              placeholder="event"
              value={exclusion.event}
              find={lookups.events}
              onChange={(event) => {
                change({ event: event ?? '' });
              }}
            />
            <span className={styles.label}>after</span>
            <Select
              aria-label="After step"
              width={12}
              options={numbers.slice(0, -1)}
              value={after}
              menuShouldPortal
              onChange={({ value = 1 }) => {
                change({ after_step: value, before_step: Math.max(before, value + 1) });
              }}
            />
            <span className={styles.label}>before</span>
            <Select
              aria-label="Before step"
              width={12}
              options={numbers.slice(after)}
              value={before}
              menuShouldPortal
              onChange={({ value = 2 }) => {
                change({ before_step: value });
              }}
            />
            <IconButton
              name="times"
              aria-label={`Remove exclusion ${String(index + 1)}`}
              tooltip="Remove the exclusion"
              onClick={() => {
                onChange(removeAt(exclusions, index));
              }}
            />
          </div>
        );
      })}
      <Button
        size="sm"
        variant="secondary"
        fill="text"
        icon="times-circle"
        onClick={() => {
          onChange([...exclusions, { after_step: 1, before_step: 2 }]);
        }}
      >
        Exclusion
      </Button>
    </div>
  );
}
