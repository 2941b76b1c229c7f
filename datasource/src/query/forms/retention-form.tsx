import React from 'react';
import { compact } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { CommonFields } from './common-fields.tsx';
import { NumberField, OptionField, TextField } from './fields.tsx';
import { draftOf, numberOf, textOf, type FormProps } from './form.ts';
import { SelectionEditor } from './selection-editor.tsx';

const PERIODS = ['day', 'week', 'month'].map((value) => ({ value, label: value }));
const MODES = [
  { value: 'on', label: 'in that period', description: 'Active in the very period' },
  { value: 'on_or_after', label: 'then or later', description: 'Active in the period or in any later one' },
  { value: 'bracket', label: 'within brackets of days', description: 'Active between two days after the first' },
];
const COHORTS = [
  { value: 'first_ever', label: 'their first ever', description: 'A user is in one cohort' },
  { value: 'recurring', label: 'every one', description: 'A user joins the cohort of each period with a start' },
];

/** Brackets as they are written in the field: `1-7, 8-14`. */
const bracketText = (brackets: unknown): string | undefined =>
  Array.isArray(brackets)
    ? brackets.map((bracket) => (Array.isArray(bracket) ? bracket.join('-') : '')).join(', ')
    : undefined;
const asBrackets = (text: string | undefined): number[][] | undefined =>
  text?.split(',').map((part) => part.split('-').map((day) => Number(day.trim())));

/** The form of retention. */
export function RetentionForm({ definition, lookups, onChange }: FormProps) {
  const styles = useEditorStyles();
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...definition, ...changed }));
  };
  const mode = textOf(definition, 'mode') ?? 'on';
  return (
    <div className={styles.stack}>
      <SelectionEditor
        label="Begins with"
        anyEvent
        selection={draftOf(definition, 'start')}
        lookups={lookups}
        onChange={(start) => {
          change({ start });
        }}
      />
      <SelectionEditor
        label="Comes back with"
        anyEvent
        selection={draftOf(definition, 'return')}
        lookups={lookups}
        onChange={(again) => {
          change({ return: again });
        }}
      />
      <div className={styles.row}>
        <OptionField
          label="By"
          tooltip="Length of cohorts and periods"
          width={14}
          options={PERIODS}
          value={textOf(definition, 'period') ?? 'day'}
          onChange={(period) => {
            change({ period });
          }}
        />
        <OptionField
          label="Cohorts by"
          options={COHORTS}
          value={textOf(definition, 'cohort') ?? 'first_ever'}
          onChange={(cohort) => {
            change({ cohort });
          }}
        />
        <OptionField
          label="Counts as back"
          width={26}
          options={MODES}
          value={mode}
          onChange={(chosen) => {
            if (chosen === 'bracket')
              change({
                mode: chosen,
                periods: undefined,
                brackets: [
                  [1, 7],
                  [8, 14],
                  [15, 28],
                ],
              });
            else change({ mode: chosen, brackets: undefined });
          }}
        />
        {mode === 'bracket' ? (
          <TextField
            label="Brackets"
            tooltip="First and last day after the first, such as 1-7, 8-14"
            value={bracketText(definition['brackets'])}
            onChange={(text) => {
              change({ brackets: asBrackets(text) });
            }}
          />
        ) : (
          <NumberField
            label="Periods"
            tooltip="How many after the first"
            placeholder="all"
            value={numberOf(definition, 'periods')}
            onChange={(periods) => {
              change({ periods });
            }}
          />
        )}
      </div>
      <CommonFields definition={definition} lookups={lookups} onChange={onChange} days />
    </div>
  );
}
