import type { QueryEditorProps } from '@grafana/data';
import React from 'react';
import type { SuuupraDataSource } from '../datasource.ts';
import { SqlEditor } from '../query/sql-editor.tsx';
import { useEditorStyles } from '../query/styles.ts';
import type { SuuupraOptions, SuuupraQuery } from '../types.ts';

type Props = QueryEditorProps<SuuupraDataSource, SuuupraQuery, SuuupraOptions>;

/** The query of a variable: a column of values, or columns `value` and `text`. */
export default function VariableEditor({ query, datasource, onChange, onRunQuery }: Props) {
  const styles = useEditorStyles();
  const complete: SuuupraQuery = {
    ...query,
    refId: query.refId || 'variable',
    mode: 'sql',
    format: 'table',
    rawSql: query.rawSql ?? '',
  };
  return (
    <div className={styles.stack}>
      <SqlEditor query={complete} datasource={datasource} onChange={onChange} onRunQuery={onRunQuery} />
      <span className={styles.note}>
        One column gives the values. With columns named value and text, the text is shown. Other variables and the
        macros of the time range can be used.
      </span>
    </div>
  );
}
