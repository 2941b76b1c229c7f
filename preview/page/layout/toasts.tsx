import { css } from '@emotion/css';
import {
  type AlertErrorPayload,
  type AlertPayload,
  type BusEvent,
  type BusEventType,
  EventBusSrv,
  type GrafanaTheme2,
} from '@grafana/data';
import { Alert, type AlertVariant, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { failureText } from '../views/failure.ts';

/** The events of the page, as plugins get them from getAppEvents(). */
export const appEvents = new EventBusSrv();

interface Toast {
  readonly id: number;
  readonly severity: AlertVariant;
  readonly title: string;
  readonly text: string;
}

const KINDS = [
  ['alert-success', 'success'],
  ['alert-info', 'info'], // not in 10.1
  ['alert-warning', 'warning'],
  ['alert-error', 'error'],
] as const;
const SHOWN_MS = 6000;

/** Messages that a plugin or a view publishes, for a few seconds at the corner of the page. */
export function Toasts() {
  const styles = useStyles2(getStyles);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => {
    let count = 0;
    const remove = (id: number) => {
      setToasts((last) => last.filter((toast) => toast.id !== id));
    };
    const subscriptions = KINDS.map(([type, severity]) => {
      const show = ([title, text]: AlertPayload | AlertErrorPayload) => {
        const id = ++count;
        setToasts((last) => [...last, { id, severity, title, text: text === undefined ? '' : failureText(text) }]);
        setTimeout(remove, SHOWN_MS, id);
      };
      // Two kinds of payload, of which the handler takes both.
      const subscription = appEvents.getStream({ type } as BusEventType<BusEvent>).subscribe((published) => {
        show((published as { payload: AlertPayload }).payload);
      });
      return () => {
        subscription.unsubscribe();
      };
    });
    return () => {
      for (const unsubscribe of subscriptions) unsubscribe();
    };
  }, []);
  return (
    <div className={styles.corner} role="status">
      {toasts.map(({ id, severity, title, text }) => (
        <Alert key={id} severity={severity} title={title} elevated>
          {text}
        </Alert>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  corner: css({
    position: 'fixed',
    top: theme.spacing(12),
    right: theme.spacing(2),
    width: 'min(400px, 90vw)',
    zIndex: theme.zIndex.portal,
  }),
});
