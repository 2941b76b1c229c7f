import { Button, CodeEditor, type Monaco, type MonacoEditor } from '@grafana/ui';
import React, { useRef, useState } from 'react';
import type { SuuupraDataSource } from '../datasource.ts';
import type { SuuupraQuery } from '../types.ts';
import { registerCompletion } from './completion.ts';
import { ParameterList } from './parameter-list.tsx';
import { useEditorStyles } from './styles.ts';
import { messageOf } from './message.ts';
import { useValidation } from './use-validation.ts';

interface Props {
  readonly query: SuuupraQuery;
  readonly datasource: SuuupraDataSource;
  readonly onChange: (query: SuuupraQuery) => void;
  readonly onRunQuery: () => void;
}

const HEIGHT = 220;

/** SQL with completion, formatting, a check while one types, and Ctrl+Enter. */
export function SqlEditor({ query, datasource, onChange, onRunQuery }: Props) {
  const styles = useEditorStyles();
  const editor = useRef<{ monaco: Monaco; editor: MonacoEditor }>(undefined);
  const [typed, setTyped] = useState(query.rawSql);
  const [problem, setProblem] = useState<string>();
  const validation = useValidation(datasource, typed, query.params, editor.current);
  const latest = useRef({ query, onChange, onRunQuery });
  latest.current = { query, onChange, onRunQuery };

  const commit = (rawSql: string): void => {
    setTyped(rawSql);
    if (rawSql !== latest.current.query.rawSql) latest.current.onChange({ ...latest.current.query, rawSql });
  };
  const run = (rawSql: string): void => {
    commit(rawSql);
    latest.current.onRunQuery();
  };
  const mount = (own: MonacoEditor, monaco: Monaco): void => {
    editor.current = { editor: own, monaco };
    own.onDidChangeModelContent(() => {
      setTyped(own.getValue());
    });
    own.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => {
      run(own.getValue());
    });
    const completion = registerCompletion(monaco, own, datasource);
    own.onDidDispose(() => {
      completion.dispose();
    });
  };
  const format = (): void => {
    datasource.postResource<{ sql: string }>('format', { rawSql: typed }).then(
      ({ sql }) => {
        setProblem(undefined);
        commit(sql);
      },
      (error: unknown) => {
        setProblem(messageOf(error));
      },
    );
  };

  return (
    <div className={styles.stack}>
      <CodeEditor
        language="sql"
        value={query.rawSql}
        height={HEIGHT}
        showMiniMap={false}
        showLineNumbers
        onBlur={commit}
        onSave={run}
        onEditorDidMount={mount}
      />
      <div className={styles.row}>
        <Button size="sm" variant="secondary" fill="text" icon="brackets-curly" onClick={format}>
          Format
        </Button>
        <span className={styles.note}>Ctrl+Enter runs the query</span>
        <span className={validation.isWrong ? styles.fault : styles.note} role="status" aria-live="polite">
          {problem ?? validation.text}
        </span>
      </div>
      <ParameterList
        sql={typed}
        parameters={query.params ?? {}}
        onChange={(params) => {
          onChange({ ...query, rawSql: typed, params });
        }}
      />
    </div>
  );
}
