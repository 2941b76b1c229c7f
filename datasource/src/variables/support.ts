import {
  CustomVariableSupport,
  FieldType,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
} from '@grafana/data';
import { map, type Observable } from 'rxjs';
import type { SuuupraDataSource } from '../datasource.ts';
import { VariableEditor } from '../lazy.tsx';
import type { SuuupraQuery } from '../types.ts';

/** Variables whose values are the rows of a query: a column of values, or one of values and one of texts to show. */
export class SuuupraVariables extends CustomVariableSupport<SuuupraDataSource, SuuupraQuery> {
  editor = VariableEditor;
  private readonly dataSource: SuuupraDataSource;

  constructor(dataSource: SuuupraDataSource) {
    super();
    this.dataSource = dataSource;
    // Grafana calls `query` as a bare function.
    this.query = this.query.bind(this);
  }

  override getDefaultQuery(): Partial<SuuupraQuery> {
    return { mode: 'sql', format: 'table', rawSql: '' };
  }

  override query(request: DataQueryRequest<SuuupraQuery>): Observable<DataQueryResponse> {
    const targets = request.targets.map((target) => ({
      ...target,
      refId: target.refId || 'variable',
      format: 'table' as const,
    }));
    return this.dataSource
      .query({ ...request, targets })
      .pipe(map((response) => ({ ...response, data: response.data.map((frame) => asOptions(frame as DataFrame)) })));
  }
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** A frame with the fields `text` and `value` that Grafana looks for; both are texts, whatever the column's type. */
export function asOptions(frame: DataFrame): DataFrame {
  const named = (...names: string[]) => frame.fields.find((field) => names.includes(field.name.toLowerCase()));
  const value = named('value', '__value') ?? frame.fields.find((field) => field !== named('text', '__text'));
  const shown = named('text', '__text') ?? frame.fields.find((field) => field !== value) ?? value;
  if (value === undefined || shown === undefined) return { ...frame, fields: [], length: 0 };
  const asText = (name: string, from: DataFrame['fields'][number]): DataFrame['fields'][number] => ({
    name,
    type: FieldType.string,
    config: {},
    values: Array.from({ length: frame.length }, (_, row) => text(from.values[row])),
  });
  return { ...frame, fields: [asText('text', shown), asText('value', value)] };
}
