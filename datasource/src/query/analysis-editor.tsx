import { DefinitionError, describeFault } from '@suuupra/analysis';
import { ClipboardButton, Collapse, InlineField, InlineSwitch, Select } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { compileForRange, type RangedQuery } from '../analysis/range.ts';
import { describeDefinition } from '../analysis/words.ts';
import type { Lookups } from '../lookups.ts';
import type { Format } from '../types.ts';
import { withoutVariables } from '../variables/interpolate.ts';
import { OFFERED, offeredAs } from './forms/analyses.ts';
import { JsonForm } from './forms/json-form.tsx';
import { useEditorStyles } from './styles.ts';

/** What a definition compiles to, or what is wrong with it. */
export type CompileOutcome = { readonly compiled: RangedQuery } | { readonly faults: readonly string[] };

/** Compiles what a form says, for those who know no variables; faults are sentences. */
export function tryCompile(definition: Record<string, unknown>, database: string): CompileOutcome {
  try {
    return { compiled: compileForRange(withoutVariables(definition), { database }) };
  } catch (error) {
    if (error instanceof DefinitionError) return { faults: error.faults.map(describeFault) };
    return { faults: [error instanceof Error ? error.message : String(error)] };
  }
}

interface Props {
  readonly definition: Record<string, unknown>;
  readonly database: string;
  readonly lookups: Lookups;
  /** @param format what suits the analysis, where another one was chosen */
  readonly onChange: (definition: Record<string, unknown>, format?: Format) => void;
}

const CHOICES = OFFERED.map(({ name, label, question }) => ({ value: name, label, description: question }));

/** A form for an analysis, what it asks in words, and the SQL that it becomes. */
export function AnalysisEditor({ definition, database, lookups, onChange }: Props) {
  const styles = useEditorStyles();
  const [isOpen, setOpen] = useState(false);
  const [isJson, setJson] = useState(false);
  const outcome = useMemo(() => tryCompile(definition, database), [definition, database]);
  const name = typeof definition['analysis'] === 'string' ? definition['analysis'] : undefined;
  const { Form, label } = offeredAs(name);
  const Editor = isJson ? JsonForm : Form;
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <InlineField label="Analysis" transparent>
          <Select
            aria-label="Analysis"
            width={24}
            options={CHOICES}
            value={CHOICES.find(({ value }) => value === name) ?? { value: name ?? '', label }}
            menuShouldPortal
            onChange={({ value }) => {
              const { begun, format } = offeredAs(value);
              // What every analysis has is kept; the rest belongs to the one before.
              const { filters, timezone } = definition;
              const kept = {
                ...(filters === undefined ? {} : { filters }),
                ...(timezone === undefined ? {} : { timezone }),
              };
              onChange({ analysis: value, ...begun, ...kept }, format);
            }}
          />
        </InlineField>
        <InlineField label="As JSON" transparent>
          <InlineSwitch
            aria-label="As JSON"
            transparent
            value={isJson}
            onChange={({ currentTarget }) => {
              setJson(currentTarget.checked);
            }}
          />
        </InlineField>
      </div>
      <Editor definition={definition} lookups={lookups} onChange={onChange} />
      <p className={styles.sentence} aria-live="polite">
        {describeDefinition(definition)}
      </p>
      {'faults' in outcome &&
        outcome.faults.map((fault) => (
          <p className={styles.fault} role="status" key={fault}>
            {fault}
          </p>
        ))}
      {'compiled' in outcome && (
        <Collapse
          label="SQL"
          isOpen={isOpen}
          onToggle={() => {
            setOpen(!isOpen);
          }}
          collapsible
        >
          <div className={styles.row}>
            <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => outcome.compiled.rawSql}>
              Copy
            </ClipboardButton>
            <span className={styles.note}>The values of {'{name:Type}'} are bound by ClickHouse.</span>
          </div>
          <pre className={styles.sql}>{outcome.compiled.rawSql}</pre>
        </Collapse>
      )}
    </div>
  );
}
