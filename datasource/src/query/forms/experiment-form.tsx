import { Button } from '@grafana/ui';
import React from 'react';
import { compact, removeAt, replaceAt, type Draft } from '../draft.ts';
import { useEditorStyles } from '../styles.ts';
import { CommonFields } from './common-fields.tsx';
import { DurationField, NumberField, SwitchField, ValueField } from './fields.tsx';
import { draftOf, listOf, numberOf, textOf, type FormProps } from './form.ts';
import { MeasureSelect, type MeasureDraft } from './measure-select.tsx';
import { MetricEditor, USER_AGGREGATES, USER_WORDS } from './metric-editor.tsx';
import { SelectionEditor } from './selection-editor.tsx';

const WEEK = 604_800;
const MOST_METRICS = 20;

/** The form of an experiment. */
export function ExperimentForm({ definition, lookups, onChange }: FormProps) {
  const styles = useEditorStyles();
  const metrics = listOf<Draft>(definition, 'metrics');
  const exposure = draftOf(definition, 'exposure');
  const covariate = definition['covariate'] === undefined ? undefined : draftOf(definition, 'covariate');
  const change = (changed: Record<string, unknown>): void => {
    onChange(compact({ ...definition, ...changed }));
  };
  const exposed = textOf(exposure, 'event') ?? 'experiment_exposure';
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <ValueField
          label="Experiment"
          placeholder="key"
          property={textOf(exposure, 'experiment_key') ?? 'experiment_key'}
          event={exposed}
          lookups={lookups}
          value={textOf(definition, 'experiment')}
          onChange={(experiment) => {
            change({ experiment });
          }}
        />
        <ValueField
          label="Control"
          tooltip="The variant that the others are compared with"
          placeholder="variant"
          property={textOf(exposure, 'variant') ?? 'variant'}
          event={exposed}
          lookups={lookups}
          value={textOf(definition, 'control')}
          onChange={(control) => {
            change({ control });
          }}
        />
        <DurationField
          label="Within"
          tooltip="What counts after the first exposure"
          value={numberOf(definition, 'window_seconds') ?? WEEK}
          onChange={(window_seconds) => {
            change({ window_seconds });
          }}
        />
        <NumberField
          label="Effect worth finding"
          tooltip="Relative, such as 0.05: how many users are needed is worked out for it"
          placeholder="0.05"
          step="any"
          value={numberOf(definition, 'minimum_effect')}
          onChange={(minimum_effect) => {
            change({ minimum_effect });
          }}
        />
      </div>
      {metrics.map((metric, index) => (
        <MetricEditor
          key={index}
          number={index + 1}
          metric={metric}
          lookups={lookups}
          onChange={(changed) => {
            change({ metrics: replaceAt(metrics, index, changed) });
          }}
          onRemove={
            metrics.length > 1
              ? () => {
                  change({ metrics: removeAt(metrics, index) });
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
          disabled={metrics.length >= MOST_METRICS}
          onClick={() => {
            change({ metrics: [...metrics, { name: `Metric ${String(metrics.length + 1)}`, type: 'conversion' }] });
          }}
        >
          Metric
        </Button>
      </div>
      <div className={styles.row}>
        <SwitchField
          label="Reduce the variance (CUPED)"
          tooltip="By what users did before their first exposure"
          value={covariate !== undefined}
          onChange={(wanted) => {
            change({ covariate: wanted ? { event: 'page_view' } : undefined });
          }}
        />
        <SwitchField
          label="Only complete users"
          tooltip="Leave out those whose time is not over"
          value={definition['only_complete'] === true}
          onChange={(only) => {
            change({ only_complete: only || undefined });
          }}
        />
      </div>
      {covariate !== undefined && (
        <SelectionEditor
          label="Before the exposure"
          selection={covariate}
          lookups={lookups}
          onChange={(changed) => {
            change({ covariate: changed });
          }}
        >
          <MeasureSelect
            label="Before the exposure"
            measure={covariate['measure'] as MeasureDraft}
            words={USER_WORDS}
            aggregates={USER_AGGREGATES}
            event={textOf(covariate, 'event')}
            lookups={lookups}
            onChange={(measure) => {
              change({ covariate: { ...covariate, measure } });
            }}
          />
        </SelectionEditor>
      )}
      <CommonFields definition={definition} lookups={lookups} onChange={onChange} />
    </div>
  );
}
