import {
  type DataFrame,
  type DataFrameJSON,
  LiveChannelConnectionState,
  type LiveChannelEvent,
  LiveChannelEventType,
  type LiveChannelAddress,
  LoadingState,
  type DataQueryResponse,
  StreamingDataFrame,
} from '@grafana/data';
import { type GrafanaLiveSrv, type LiveDataStreamOptions } from '@grafana/runtime';
import { Observable, of } from 'rxjs';

/** The events of a channel; an EventSource takes up a broken connection by itself. */
function messages<T>({ namespace, path, data }: LiveChannelAddress): Observable<LiveChannelEvent<T>> {
  const parameters = data === undefined ? '' : `?data=${encodeURIComponent(JSON.stringify(data))}`;
  return new Observable((subscriber) => {
    const source = new EventSource(`/preview/stream/${String(namespace)}/${path}${parameters}`);
    const status = (state: LiveChannelConnectionState) => {
      subscriber.next({
        type: LiveChannelEventType.Status,
        id: `${String(namespace)}/${path}`,
        timestamp: Date.now(),
        state,
      });
    };
    source.onopen = () => {
      status(LiveChannelConnectionState.Connected);
    };
    source.onmessage = ({ data: text }: MessageEvent<string>) => {
      subscriber.next({ type: LiveChannelEventType.Message, message: JSON.parse(text) as T });
    };
    source.onerror = () => {
      status(LiveChannelConnectionState.Disconnected);
      if (source.readyState === EventSource.CLOSED) subscriber.error(new Error('The stream was refused'));
    };
    return () => {
      source.close();
    };
  });
}

/** Frames of a channel, appended to one frame that keeps the last rows; the schema comes with the first packet. */
function getDataStream({ addr, buffer, frame, key }: LiveDataStreamOptions): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    let streaming: StreamingDataFrame | undefined;
    const take = (packet: DataFrameJSON) => {
      if (streaming) streaming.push(packet);
      else streaming = StreamingDataFrame.fromDataFrameJSON(packet, buffer);
      const data: DataFrame[] = [streaming];
      subscriber.next({ data, key: key ?? `${String(addr.namespace)}/${addr.path}`, state: LoadingState.Streaming });
    };
    if (frame) take(frame);
    const subscription = messages<DataFrameJSON>(addr).subscribe({
      next: (event) => {
        if (event.type === LiveChannelEventType.Message) take(event.message);
      },
      error: (cause: unknown) => {
        subscriber.error(cause);
      },
    });
    return () => {
      subscription.unsubscribe();
    };
  });
}

/** What of Grafana Live a data source needs: its streams, by server-sent events in place of a web socket. */
export const liveSrv: GrafanaLiveSrv = {
  getConnectionState: () => of(true),
  getStream: messages,
  getDataStream,
  getPresence: () => Promise.reject(new Error('Presence is not part of the preview')),
  publish: () => Promise.reject(new Error('Publishing to a channel is not part of the preview')),
};
