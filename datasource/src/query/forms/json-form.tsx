import { CodeEditor } from '@grafana/ui';
import React, { useState } from 'react';
import { useEditorStyles } from '../styles.ts';
import type { FormProps } from './form.ts';

/** A definition as it is stored: everything that an analysis takes can be said here, also what no form shows. */
export function JsonForm({ definition, onChange }: FormProps) {
  const styles = useEditorStyles();
  const [problem, setProblem] = useState<string>();
  const take = (text: string): void => {
    try {
      const parsed = JSON.parse(text) as unknown;
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('not an object');
      setProblem(undefined);
      onChange(parsed as Record<string, unknown>);
    } catch (error) {
      setProblem(`This is no definition: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <div className={styles.stack}>
      <CodeEditor
        language="json"
        height={240}
        value={JSON.stringify(definition, null, 2)}
        showLineNumbers
        showMiniMap={false}
        onBlur={take}
        onSave={take}
      />
      {problem !== undefined && (
        <p className={styles.fault} role="status">
          {problem}
        </p>
      )}
    </div>
  );
}
