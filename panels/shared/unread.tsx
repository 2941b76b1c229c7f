import { type FieldConfigSource, LoadingState, type PanelData } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import React from 'react';
import { usePanelStyles } from './styles.ts';

/** What a panel makes of data that it cannot draw. `missing` says what it looked for. */
export type Unreadable = { readonly kind: 'empty' } | { readonly kind: 'unfit'; readonly missing: string };

interface Props {
  readonly reading: Unreadable;
  /** With its article: "a funnel". */
  readonly what: string;
  /** Name of the analysis that would fit. */
  readonly analysis: string;
  readonly data: PanelData;
  readonly id: number;
  readonly fieldConfig: FieldConfigSource;
}

/** In place of a drawing: the first answer is awaited, asking failed, there is nothing, or it is something else. */
export function Unread({ reading, what, analysis, data, id, fieldConfig }: Props) {
  if (data.state === LoadingState.Loading) return <Message role="status">Waiting for the first answer …</Message>;
  if (data.error?.message !== undefined) return <Message role="alert">{data.error.message}</Message>;
  const message =
    reading.kind === 'empty'
      ? 'No data'
      : `This is not ${what}: there is no frame with ${reading.missing}. Ask for an analysis of type ${analysis}, or name the columns of the query so.`;
  return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
}

function Message({ role, children }: { readonly role: 'alert' | 'status'; readonly children: string }) {
  const styles = usePanelStyles();
  return (
    <div className={styles.message} role={role}>
      {children}
    </div>
  );
}
