import { CoreApp, type DataFrame, type DataQueryRequest, type TimeRange, toDataFrame } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { from, lastValueFrom } from 'rxjs';

/** A value for a placeholder {name:type} of SQL. */
export interface Bound {
  readonly type: string;
  readonly value: unknown;
}

/** A definition of an analysis, or SQL with its values. */
export type Question =
  | { readonly definition: Readonly<Record<string, unknown>> }
  | { readonly sql: string; readonly params?: Readonly<Record<string, Bound>> };

let requests = 0;

/**
 * Asks the data source as a panel does; it compiles definitions, and its backend runs them.
 * @param range of the request: what macros stand for, and the times that a definition leaves out
 * @throws Error with the words of the data source, when one of the questions has no answer
 */
export async function ask<const Questions extends readonly Question[]>(
  uid: string,
  range: TimeRange,
  questions: Questions,
): Promise<{ [Index in keyof Questions]: DataFrame }> {
  const source = await getDataSourceSrv().get(uid);
  const targets = questions.map((question, index) => ({
    refId: refIdOf(index),
    datasource: { uid, type: source.type },
    format: 'table',
    ...('definition' in question
      ? { mode: 'analysis', rawSql: '', definition: question.definition }
      : { mode: 'sql', rawSql: question.sql, params: question.params }),
  }));
  const request: DataQueryRequest = {
    app: CoreApp.Unknown,
    requestId: `suuupra-app-${String(requests++)}`,
    targets,
    range,
    interval: '1m',
    intervalMs: 60_000,
    maxDataPoints: 1000,
    scopedVars: {},
    timezone: 'browser',
    startTime: Date.now(),
  };
  const { data, error, errors } = await lastValueFrom(from(source.query(request)));
  const failure = error ?? errors?.[0];
  if (failure !== undefined) throw new Error(failure.data?.message ?? failure.message ?? 'The data source failed');
  const frames = data.map((frame: unknown) => toDataFrame(frame));
  return questions.map((_, index) => {
    const frame = frames.find(({ refId }) => refId === refIdOf(index));
    if (frame === undefined) throw new Error('The data source left a question without an answer');
    return frame;
  }) as { [Index in keyof Questions]: DataFrame };
}

const refIdOf = (index: number): string => `Q${String(index)}`;

/** The words of whatever a request failed with: an Error, or the answer that Grafana's services throw. */
export function messageOf(failure: unknown): string {
  if (failure instanceof Error) return failure.message;
  const { data, statusText } = (failure ?? {}) as { data?: { message?: unknown }; statusText?: string };
  if (typeof data?.message === 'string' && data.message !== '') return data.message;
  return statusText ?? 'The data source does not answer';
}
