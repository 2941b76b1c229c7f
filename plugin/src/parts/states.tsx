import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import type { Answer } from '../asking/use-answer.ts';

interface Props<T> {
  readonly answer: Answer<T>;
  /** What failed, as a title. */
  readonly failure: string;
  readonly children: (value: T) => ReactNode;
}

/** An answer when it is there; before that, that it is awaited, or why there is none. */
export function Answered<T>({ answer, failure, children }: Props<T>) {
  if (answer.state === 'loading') return <LoadingPlaceholder text="Asking …" />;
  if (answer.state === 'done') return <>{children(answer.value)}</>;
  return (
    <Alert severity="error" title={failure}>
      <p>{answer.message}</p>
      <Button size="sm" variant="secondary" onClick={answer.again}>
        Try again
      </Button>
    </Alert>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  const styles = useStyles2(stateStyles);
  return (
    <div className={styles.empty} role="status">
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}

/** Where there is no data source yet. */
export const NoSource = () => (
  <Alert severity="info" title="There is no data source yet">
    Add one of type Suuupra Analytics under Connections, or provision it.
  </Alert>
);

const stateStyles = (theme: GrafanaTheme2) => ({
  empty: css({
    padding: theme.spacing(4, 2),
    border: `1px dashed ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    textAlign: 'center',
    a: { color: theme.colors.text.link, textDecoration: 'underline' },
  }),
  title: css({ margin: 0, color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
});
