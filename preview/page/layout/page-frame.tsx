import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router-dom';

interface Props {
  readonly title: string;
  readonly subTitle?: ReactNode;
  /** The page above this one. */
  readonly parent?: { readonly text: string; readonly url: string };
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A page: a bar with its name and its controls that stays in sight, and its contents. */
export function PageFrame({ title, subTitle, parent, actions, children }: Props) {
  const styles = useStyles2(getStyles);
  useEffect(() => {
    document.title = `${title} - Suuupra preview`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={styles.bar}>
        <div className={styles.name}>
          {parent && (
            <>
              <Link to={parent.url} className={styles.parent}>
                {parent.text}
              </Link>
              <span className={styles.separator} aria-hidden>
                ›
              </span>
            </>
          )}
          <h1 className={styles.title}>{title}</h1>
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      <div className={styles.content}>
        {subTitle && <div className={styles.subTitle}>{subTitle}</div>}
        {children}
      </div>
    </main>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ minWidth: 0, flex: 1, display: 'flex', flexDirection: 'column' }),
  bar: css({
    position: 'sticky',
    top: 0,
    zIndex: theme.zIndex.navbarFixed,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    minHeight: 48,
    padding: theme.spacing(1, 2),
    background: theme.colors.background.canvas,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  name: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), minWidth: 0 }),
  parent: css({ color: theme.colors.text.secondary, '&:hover': { textDecoration: 'underline' } }),
  separator: css({ color: theme.colors.text.disabled }),
  title: css({
    margin: 0,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    lineHeight: theme.typography.body.lineHeight,
  }),
  actions: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  content: css({ flex: 1, padding: theme.spacing(2), [theme.breakpoints.down('sm')]: { padding: theme.spacing(1) } }),
  subTitle: css({ marginBottom: theme.spacing(2), color: theme.colors.text.secondary }),
});
