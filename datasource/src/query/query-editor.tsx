import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { Button, ConfirmModal, InlineField, RadioButtonGroup, Select } from '@grafana/ui';
import React, { useState } from 'react';
import type { SuuupraDataSource } from '../datasource.ts';
import { defaultQuery } from '../defaults.ts';
import type { Format, Mode, SuuupraOptions, SuuupraQuery } from '../types.ts';
import { AnalysisEditor, tryCompile } from './analysis-editor.tsx';
import { changeMode, sqlOf, type Conversion } from './mode.ts';
import { SqlEditor } from './sql-editor.tsx';
import { useEditorStyles } from './styles.ts';

type Props = QueryEditorProps<SuuupraDataSource, SuuupraQuery, SuuupraOptions>;

const MODES = [
  { value: 'analysis' as const, label: 'Analysis', description: 'A form for funnels and other analyses' },
  { value: 'sql' as const, label: 'SQL', description: 'Any query of ClickHouse' },
];

const FORMATS: { value: Format; label: string; description: string }[] = [
  { value: 'table', label: 'Table', description: 'The rows as they are' },
  { value: 'timeseries', label: 'Time series', description: 'A column of times, numbers, and texts as labels' },
  { value: 'numeric', label: 'Numbers', description: 'Numbers with texts as labels, for alert rules' },
  { value: 'logs', label: 'Logs', description: 'Lines with time, severity and labels' },
  { value: 'annotations', label: 'Annotations', description: 'Columns time, timeEnd, text, tags' },
  { value: 'heatmap', label: 'Heat map', description: 'A column of times, buckets and counts' },
];

/** The editor of a query: a form for an analysis, or SQL. */
export default function QueryEditor({ query: stored, datasource, onChange, onRunQuery, app }: Props) {
  const styles = useEditorStyles();
  const [dropping, setDropping] = useState<Conversion>();
  const query: SuuupraQuery = { ...defaultQuery(app ?? CoreApp.Unknown), ...stored };
  const { database, lookups } = datasource;

  const changeDefinition = (definition: Record<string, unknown>, format: Format = query.format): void => {
    const outcome = tryCompile(definition, database);
    // A definition that is not complete has no SQL: better no answer than that to an older question.
    const compiled = 'compiled' in outcome ? outcome.compiled : undefined;
    onChange({ ...query, format, definition, ...sqlOf(compiled) });
    if (compiled !== undefined) onRunQuery();
  };

  const switchTo = (mode: Mode): void => {
    const outcome = query.definition === undefined ? undefined : tryCompile(query.definition, database);
    const conversion = changeMode(
      query,
      mode,
      outcome !== undefined && 'compiled' in outcome ? outcome.compiled : undefined,
    );
    if (conversion.kind === 'exact') onChange(conversion.query);
    else setDropping(conversion);
  };

  return (
    <div className={styles.stack}>
      <div className={styles.spread}>
        <div className={styles.row}>
          <RadioButtonGroup<Mode>
            aria-label="Editor"
            size="sm"
            options={MODES}
            value={query.mode}
            onChange={switchTo}
          />
          <InlineField label="Format" transparent>
            <Select<Format>
              aria-label="Format"
              width={18}
              options={FORMATS}
              value={query.format}
              menuShouldPortal
              onChange={({ value = 'table' }) => {
                onChange({ ...query, format: value });
                onRunQuery();
              }}
            />
          </InlineField>
        </div>
        <Button size="sm" variant="secondary" icon="play" onClick={onRunQuery}>
          Run
        </Button>
      </div>
      {query.mode === 'analysis' ? (
        <AnalysisEditor
          definition={query.definition ?? {}}
          database={database}
          lookups={lookups}
          onChange={changeDefinition}
        />
      ) : (
        <SqlEditor query={query} datasource={datasource} onChange={onChange} onRunQuery={onRunQuery} />
      )}
      <ConfirmModal
        isOpen={dropping !== undefined}
        title="Drop the SQL?"
        body="The SQL was changed by hand and no form can show it. The form shows the analysis that it was made from; the changes are lost."
        confirmText="Show the form"
        onConfirm={() => {
          if (dropping !== undefined) onChange(dropping.query);
          setDropping(undefined);
        }}
        onDismiss={() => {
          setDropping(undefined);
        }}
      />
    </div>
  );
}
