import { Button, IconButton } from '@grafana/ui';
import React from 'react';
import { measuresNamed } from '../../analysis/measure-words.ts';
import { compact, removeAt, replaceAt, type Draft } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { CommonFields } from './common-fields.tsx';
import { NumberField, OptionField, PropertyField, TextField } from './fields.tsx';
import { listOf, numberOf, textOf, type FormProps } from './form.ts';
import { MeasureSelect, type MeasureDraft } from './measure-select.tsx';
import { SelectionEditor } from './selection-editor.tsx';

const MOST_SERIES = 10;
const INTERVALS = ['minute', 'hour', 'day', 'week', 'month'].map((value) => ({ value, label: value }));
const WORDS = { count: 'number of events', unique_users: 'number of users', per_user: 'events per user' };
const AGGREGATES = measuresNamed('sum', 'avg', 'min', 'max', 'median', 'p90', 'p95', 'p99');
const letter = (index: number): string => String.fromCharCode(65 + index);

/** The form of a trend: series over time, and arithmetic over them. */
export function TrendForm({ definition, lookups, onChange }: FormProps) {
  const styles = useEditorStyles();
  const series = listOf<Draft>(definition, 'series');
  const shown = series.length > 0 ? series : [{}];
  const breakdown = textOf(definition, 'breakdown');
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...definition, ...changed }));
  };
  return (
    <div className={styles.stack}>
      {shown.map((one, index) => (
        <div className={styles.step} key={index}>
          <span className={styles.number} aria-hidden="true">
            {letter(index)}
          </span>
          <SelectionEditor
            label={`Series ${letter(index)}`}
            anyEvent
            selection={one}
            lookups={lookups}
            onChange={(changed) => {
              change({ series: replaceAt(shown, index, changed) });
            }}
          >
            <MeasureSelect
              label={`Series ${letter(index)}`}
              measure={one['measure'] as MeasureDraft}
              words={WORDS}
              aggregates={AGGREGATES}
              event={textOf(one, 'event')}
              lookups={lookups}
              onChange={(measure) => {
                change({ series: replaceAt(shown, index, { ...one, measure }) });
              }}
            />
          </SelectionEditor>
          <IconButton
            name="trash-alt"
            aria-label={`Remove series ${letter(index)}`}
            tooltip="Remove the series"
            disabled={shown.length < 2}
            onClick={() => {
              change({ series: removeAt(shown, index) });
            }}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          variant="secondary"
          icon="plus"
          disabled={shown.length >= MOST_SERIES}
          onClick={() => {
            change({ series: [...shown, {}] });
          }}
        >
          Series
        </Button>
      </div>
      <div className={styles.row}>
        <OptionField
          label="Per"
          width={14}
          options={INTERVALS}
          value={textOf(definition, 'interval') ?? 'day'}
          onChange={(interval) => {
            change({ interval });
          }}
        />
        <TextField
          label="Formula"
          tooltip="Arithmetic over the letters of the series, such as A / B"
          placeholder="none"
          width={20}
          value={textOf(definition, 'formula')}
          onChange={(formula) => {
            change({ formula });
          }}
        />
        <PropertyField
          label="Side by side"
          tooltip="A series for each value of a property"
          placeholder="no breakdown"
          lookups={lookups}
          value={breakdown}
          onChange={(name) => {
            change({ breakdown: name, ...(name === undefined ? { limit: undefined } : {}) });
          }}
        />
        {breakdown !== undefined && (
          <NumberField
            label="Values"
            tooltip="Those with the most events; the rest is “other”"
            placeholder="10"
            min={1}
            value={numberOf(definition, 'limit')}
            onChange={(limit) => {
              change({ limit });
            }}
          />
        )}
      </div>
      <CommonFields definition={definition} lookups={lookups} onChange={onChange} days />
    </div>
  );
}
