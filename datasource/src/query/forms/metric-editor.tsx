import { IconButton } from '@grafana/ui';
import React from 'react';
import { measuresNamed } from '../../analysis/measure-words.ts';
import type { Lookups } from '../../lookups.ts';
import { compact, type Draft } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { NumberField, OptionField, SwitchField, TextField } from './fields.tsx';
import { draftOf, numberOf, textOf } from './form.ts';
import { MeasureSelect, type MeasureDraft } from './measure-select.tsx';
import { SelectionEditor } from './selection-editor.tsx';

/** Measures of the events of one user. */
export const USER_WORDS = { count: 'number of events' };
export const USER_AGGREGATES = measuresNamed('sum', 'avg', 'min', 'max', 'distinct');

const TYPES = [
  { value: 'conversion', label: 'share of users', description: 'Users with at least one such event' },
  { value: 'mean', label: 'mean per user', description: 'Users without an event count as 0' },
  { value: 'ratio', label: 'ratio', description: 'One sum over another, users as units' },
  { value: 'quantile', label: 'quantile', description: 'Of the values of users' },
];
const GOALS = [
  { value: 'increase', label: 'more is better' },
  { value: 'decrease', label: 'less is better' },
];

interface Props {
  readonly number: number;
  readonly metric: Draft;
  readonly lookups: Lookups;
  readonly onChange: (metric: Record<string, unknown>) => void;
  readonly onRemove?: (() => void) | undefined;
}

/** Fields that belong to each type; what a type does not have is left out when it is chosen. */
function asType(metric: Draft, type: string): Record<string, unknown> {
  const { event, filters, measure, numerator, denominator, winsorize, quantile, ...kept } = metric;
  const measured = { event: event ?? draftOf(metric, 'numerator')['event'], filters, measure };
  if (type === 'conversion') return { ...kept, type, event: measured.event, filters };
  if (type === 'ratio')
    return { ...kept, type, numerator: numerator ?? measured, denominator: denominator ?? {}, winsorize };
  if (type === 'quantile') return { ...kept, type, ...measured, winsorize, quantile: quantile ?? 0.5 };
  return { ...kept, type, ...measured, winsorize };
}

/** One metric of an experiment. */
export function MetricEditor({ number, metric, lookups, onChange, onRemove }: Props) {
  const styles = useEditorStyles();
  const type = textOf(metric, 'type') ?? 'conversion';
  const own = `Metric ${String(number)}`;
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...metric, ...changed }));
  };
  const measured = (label: string, selection: Draft, take: (changed: Record<string, unknown>) => void) => (
    <SelectionEditor label={label} selection={selection} lookups={lookups} onChange={take}>
      {type !== 'conversion' && (
        <MeasureSelect
          label={label}
          measure={selection['measure'] as MeasureDraft}
          words={USER_WORDS}
          aggregates={USER_AGGREGATES}
          event={textOf(selection, 'event')}
          lookups={lookups}
          onChange={(measure) => {
            take({ ...selection, measure });
          }}
        />
      )}
    </SelectionEditor>
  );
  return (
    <div className={styles.step} role="group" aria-label={own}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.stack}>
        <div className={styles.row}>
          <TextField
            label={`${own} is called`}
            width={24}
            value={textOf(metric, 'name')}
            onChange={(name) => {
              change({ name });
            }}
          />
          <OptionField
            label="It is a"
            width={18}
            options={TYPES}
            value={type}
            onChange={(chosen) => {
              onChange(compact(asType(metric, chosen)));
            }}
          />
          <OptionField
            label="Goal"
            width={18}
            options={GOALS}
            value={textOf(metric, 'goal') ?? 'increase'}
            onChange={(goal) => {
              change({ goal });
            }}
          />
          <SwitchField
            label="Guardrail"
            tooltip="Must not get worse; no reason to ship"
            value={metric['guardrail'] === true}
            onChange={(guardrail) => {
              change({ guardrail: guardrail || undefined });
            }}
          />
          {type !== 'conversion' && (
            <NumberField
              label="Cut at"
              tooltip="Values above this quantile are set to it (winsorize), such as 0.99"
              placeholder="never"
              step="any"
              max={1}
              value={numberOf(metric, 'winsorize')}
              onChange={(winsorize) => {
                change({ winsorize });
              }}
            />
          )}
          {type === 'quantile' && (
            <NumberField
              label="Quantile"
              step="any"
              max={1}
              value={numberOf(metric, 'quantile')}
              onChange={(quantile) => {
                change({ quantile });
              }}
            />
          )}
        </div>
        {type === 'ratio' ? (
          <>
            {measured(`${own}, above the line`, draftOf(metric, 'numerator'), (numerator) => {
              change({ numerator });
            })}
            {measured(`${own}, below the line`, draftOf(metric, 'denominator'), (denominator) => {
              change({ denominator });
            })}
          </>
        ) : (
          measured(`${own} counts`, metric, (changed) => {
            onChange(compact(changed));
          })
        )}
      </div>
      <IconButton
        name="trash-alt"
        aria-label={`Remove metric ${String(number)}`}
        tooltip="Remove the metric"
        disabled={onRemove === undefined}
        onClick={onRemove}
      />
    </div>
  );
}
