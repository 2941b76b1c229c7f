import type { Monaco, MonacoEditor } from '@grafana/ui';
import { useEffect, useState } from 'react';
import type { SuuupraDataSource } from '../datasource.ts';
import type { BoundParameters } from '../types.ts';
import { messageOf } from './message.ts';

interface Validation {
  readonly text: string;
  readonly isWrong: boolean;
}

const PAUSE_MS = 700;
const OWNER = 'suuupra';
const QUIET: Validation = { text: '', isWrong: false };

interface Position {
  line?: number;
  column?: number;
}

/** Asks ClickHouse whether it understands what was typed, after a pause, and marks where it does not. */
export function useValidation(
  datasource: SuuupraDataSource,
  rawSql: string,
  params: BoundParameters | undefined,
  editor: { monaco: Monaco; editor: MonacoEditor } | undefined,
): Validation {
  const [validation, setValidation] = useState(QUIET);
  useEffect(() => {
    let isCurrent = true;
    const show = (result: Validation, position?: Position): void => {
      if (!isCurrent) return;
      setValidation(result);
      mark(editor, result, position);
    };
    // Variables of dashboards are no SQL: what they stand for is only known when the query is run.
    if (rawSql.trim() === '' || /\$(?!__)\{?\w/.test(rawSql)) {
      show(QUIET);
      return;
    }
    const timer = setTimeout(() => {
      datasource.postResource('validate', { rawSql, params }).then(
        () => {
          show({ text: 'ClickHouse understands the query', isWrong: false });
        },
        (error: unknown) => {
          const position = (error as { data?: Position } | undefined)?.data;
          show({ text: messageOf(error), isWrong: true }, position);
        },
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [datasource, rawSql, params, editor]);
  return validation;
}

function mark(
  target: { monaco: Monaco; editor: MonacoEditor } | undefined,
  { text, isWrong }: Validation,
  at?: Position,
): void {
  const model = target?.editor.getModel();
  if (target === undefined || model === null || model === undefined) return;
  const { line, column } = at ?? {};
  const markers =
    isWrong && line !== undefined && line > 0 && column !== undefined && line <= model.getLineCount()
      ? [
          {
            severity: target.monaco.MarkerSeverity.Error,
            message: text,
            startLineNumber: line,
            startColumn: column,
            endLineNumber: line,
            endColumn: model.getLineMaxColumn(line),
          },
        ]
      : [];
  target.monaco.editor.setModelMarkers(model, OWNER, markers);
}
