import { css } from '@emotion/css';
import { type GrafanaTheme2, renderTextPanelMarkdown, textUtil } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type StandInProps } from './props.ts';

/** Stand-in for Grafana's text panel: markdown or HTML, cleaned of scripts as Grafana does, or code as it is. */
export function TextPanel({ options, replaceVariables }: StandInProps) {
  const styles = useStyles2(getStyles);
  const { mode = 'markdown', content = '' } = options;
  if (mode === 'code') return <pre className={styles}>{replaceVariables(content)}</pre>;
  // Variables are replaced first: their values come from the address and must not get past the cleaning.
  const written = replaceVariables(content, {}, 'html');
  const html = mode === 'markdown' ? renderTextPanelMarkdown(written) : textUtil.sanitizeTextPanelContent(written);
  return <div className={`markdown-html ${styles}`} dangerouslySetInnerHTML={{ __html: html }} />;
}

const getStyles = (theme: GrafanaTheme2) => css({ height: '100%', overflow: 'auto', padding: theme.spacing(1) });
