import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { createContext, useContext } from 'react';
import { type DataErrorProps, type HostComponents, type PluginPageProps } from '../generations/generation.ts';
import { PageFrame } from './page-frame.tsx';

/** The name of the app page that is open, for pages that give themselves none. */
export const PageName = createContext('');

function PluginPage({ pageNav, subTitle, actions, children }: PluginPageProps) {
  const name = useContext(PageName);
  return (
    <PageFrame title={pageNav?.text ?? name} subTitle={subTitle ?? pageNav?.subTitle} actions={actions}>
      {children}
    </PageFrame>
  );
}

function PanelDataErrorView({ message, data }: DataErrorProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.message}>
      {message ?? (data.series.length > 0 ? 'Data is missing a field that the panel needs' : 'No data')}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.h4.fontSize,
    textAlign: 'center',
  }),
});

/** The preview's own versions of what plugins take from @grafana/runtime. */
export const hostComponents: HostComponents = { PluginPage, PanelDataErrorView };
