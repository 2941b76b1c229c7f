import { Button, InlineField, Select } from '@grafana/ui';
import React, { useCallback } from 'react';
import type { Lookups } from '../../lookups.ts';
import { DurationInput } from '../duration-input.tsx';
import { ExclusionList } from './exclusion-list.tsx';
import { AddFilter, FilterList } from '../filter-list.tsx';
import { compact, moveBy, removeAt, replaceAt, type FilterDraft } from '../draft.ts';
import { asFunnel, LEAST_STEPS, MOST_STEPS, withSteps, type FunnelDraft, type StepDraft } from './funnel-definition.ts';
import { NameSelect } from '../name-select.tsx';
import { StepEditor } from './step-editor.tsx';
import { useEditorStyles } from '../styles.ts';

interface Props {
  readonly definition: Record<string, unknown>;
  readonly lookups: Lookups;
  readonly onChange: (definition: Record<string, unknown>) => void;
}

const DAY = 86_400;
const ORDERS = [
  { value: 'ordered' as const, label: 'in order', description: 'Anything may happen in between' },
  { value: 'strict' as const, label: 'strictly in order', description: 'No other event of the unit in between' },
  { value: 'any' as const, label: 'in any order', description: 'All within one window' },
];
const UNITS = [
  { value: 'user', label: 'users' },
  { value: 'session', label: 'sessions' },
  { value: 'property', label: 'values of a property' },
];

/** The form of a funnel. */
export function FunnelForm({ definition, lookups, onChange }: Props) {
  const styles = useEditorStyles();
  const funnel = asFunnel(definition);
  const { steps } = funnel;
  const change = (changed: Partial<FunnelDraft>): void => {
    onChange(compact({ ...funnel, ...changed }));
  };
  const changeSteps = (changed: StepDraft[]): void => {
    onChange(compact(withSteps(funnel, changed)));
  };
  const property = typeof funnel.unit === 'object' ? funnel.unit.property : undefined;
  const filters = funnel.filters ?? [];
  const changeFilters = (changed: FilterDraft[]): void => {
    change({ filters: changed });
  };
  const findProperties = useCallback(() => lookups.properties(), [lookups]);
  return (
    <div className={styles.stack}>
      {steps.map((step, index) => (
        <StepEditor
          key={index}
          number={index + 1}
          step={step}
          lookups={lookups}
          onChange={(changed) => {
            changeSteps(replaceAt(steps, index, changed));
          }}
          onMoveUp={
            index > 0
              ? () => {
                  changeSteps(moveBy(steps, index, -1));
                }
              : undefined
          }
          onMoveDown={
            index < steps.length - 1
              ? () => {
                  changeSteps(moveBy(steps, index, 1));
                }
              : undefined
          }
          onRemove={
            steps.length > LEAST_STEPS
              ? () => {
                  changeSteps(removeAt(steps, index));
                }
              : undefined
          }
        />
      ))}
      <div>
        <Button
          size="sm"
          variant="secondary"
          icon="plus"
          disabled={steps.length >= MOST_STEPS}
          onClick={() => {
            changeSteps([...steps, {}]);
          }}
        >
          Step
        </Button>
      </div>
      <div className={styles.row}>
        <InlineField label="Within" tooltip="Every step within this time of the first one">
          <div className={styles.row}>
            <DurationInput
              label="Within"
              seconds={funnel.window_seconds ?? DAY}
              onChange={(window_seconds) => {
                change({ window_seconds });
              }}
            />
          </div>
        </InlineField>
        <InlineField label="Order">
          <Select
            aria-label="Order"
            width={22}
            options={ORDERS}
            value={funnel.order ?? 'ordered'}
            menuShouldPortal
            onChange={({ value }) => {
              change(value === 'any' ? { order: value, exclusions: [] } : { order: value ?? 'ordered' });
            }}
          />
        </InlineField>
        <InlineField label="Count" tooltip="What goes through the steps, and counts once">
          <div className={styles.row}>
            <Select
              aria-label="Count"
              width={22}
              options={UNITS}
              value={typeof funnel.unit === 'object' ? 'property' : (funnel.unit ?? 'user')}
              menuShouldPortal
              onChange={({ value }) => {
                if (value === 'property') change({ unit: { property: property ?? '' } });
                else change({ unit: value === 'session' ? 'session' : 'user' });
              }}
            />
            {property !== undefined && (
              <NameSelect
                label="Counted property"
                placeholder="property"
                value={property}
                find={findProperties}
                width={22}
                onChange={(name = '') => {
                  change({ unit: { property: name } });
                }}
              />
            )}
          </div>
        </InlineField>
        <InlineField label="Side by side" tooltip="One funnel for each value of a property, taken at the first step">
          <NameSelect
            label="Breakdown"
            placeholder="no breakdown"
            value={funnel.breakdown}
            find={findProperties}
            clearable
            width={22}
            onChange={(name) => {
              change({ breakdown: name ?? '' });
            }}
          />
        </InlineField>
      </div>
      <div className={styles.row}>
        <span className={styles.label}>Only events with</span>
        <AddFilter of="the funnel" filters={filters} onChange={changeFilters} />
      </div>
      {filters.length > 0 && (
        <FilterList of="the funnel" filters={filters} lookups={lookups} onChange={changeFilters} />
      )}
      {funnel.order !== 'any' && (
        <ExclusionList
          exclusions={funnel.exclusions ?? []}
          steps={steps.length}
          lookups={lookups}
          onChange={(exclusions) => {
            change({ exclusions });
          }}
        />
      )}
    </div>
  );
}
