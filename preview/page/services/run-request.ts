import {
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  LoadingState,
  type PanelData,
  toDataFrame,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, concat, defer, from, map, type Observable, of } from 'rxjs';

type QueryFunction = (request: DataQueryRequest) => Promise<DataQueryResponse> | Observable<DataQueryResponse>;

/**
 * Runs a request against a data source: one PanelData while it loads, then one per packet of the answer, each with
 * the newest packet of every key. An error ends in a PanelData that carries it; the observable itself does not fail.
 */
export function runRequest(
  source: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: QueryFunction,
): Observable<PanelData> {
  const start: PanelData = {
    state: LoadingState.Loading,
    series: [],
    annotations: [],
    timeRange: request.range,
    request,
  };
  const packets = new Map<string, DataQueryResponse>();
  const answers = defer(() => from(queryFunction ? queryFunction(request) : source.query(request))).pipe(
    map((packet) => {
      packets.set(packet.key ?? 'A', packet);
      return merged(start, [...packets.values()], packet.state);
    }),
    catchError((cause: unknown) => {
      const error = toDataQueryError(cause);
      return of({ ...start, state: LoadingState.Error, error, errors: [error] });
    }),
  );
  return concat(of(start), answers).pipe(
    map((data) =>
      data.state === LoadingState.Done && data.request
        ? { ...data, request: { ...data.request, endTime: Date.now() } }
        : data,
    ),
  );
}

function merged(start: PanelData, packets: DataQueryResponse[], state: LoadingState | undefined): PanelData {
  const errors = packets.flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : []));
  const [error] = errors;
  const data: PanelData = {
    ...start,
    series: packets.flatMap((packet) => packet.data).map((frame: unknown) => toDataFrame(frame)),
    state: error ? LoadingState.Error : (state ?? LoadingState.Done),
  };
  return error ? { ...data, error, errors } : data;
}
