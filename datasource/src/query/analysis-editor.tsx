import { DefinitionError, describeFault } from '@suuupra/analysis';
import { ClipboardButton, Collapse } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { compileForRange, type RangedQuery } from '../analysis/range.ts';
import { describeDefinition } from '../analysis/words.ts';
import { withoutVariables } from '../variables/interpolate.ts';
import type { Lookups } from '../lookups.ts';
import { FunnelForm } from './funnel-form.tsx';
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
  readonly onChange: (definition: Record<string, unknown>) => void;
}

/** A form for an analysis, what it asks in words, and the SQL that it becomes. */
export function AnalysisEditor({ definition, database, lookups, onChange }: Props) {
  const styles = useEditorStyles();
  const [isOpen, setOpen] = useState(false);
  const outcome = useMemo(() => tryCompile(definition, database), [definition, database]);
  return (
    <div className={styles.stack}>
      <FunnelForm definition={definition} lookups={lookups} onChange={onChange} />
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
