import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

/** What a panel shows when its queries gave no rows. */
export function NoData({ text = 'No data' }: { text?: string }) {
  return <div className={useStyles2(getStyles)}>{text}</div>;
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.h4.fontSize,
  });
