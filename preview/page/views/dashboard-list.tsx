import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, FilterInput, Icon, LoadingPlaceholder, TagList, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { PageFrame } from '../layout/page-frame.tsx';
import { backendSrv } from '../services/backend.ts';
import { failureText } from './failure.ts';

interface Hit {
  readonly uid: string;
  readonly title: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly folderTitle?: string;
}

/** The provisioned dashboards, by folder. */
export function DashboardList() {
  const styles = useStyles2(getStyles);
  const [hits, setHits] = useState<readonly Hit[]>();
  const [failure, setFailure] = useState<string>();
  const [text, setText] = useState('');
  useEffect(() => {
    let current = true;
    backendSrv.get<Hit[]>('/api/search', { type: 'dash-db' }).then(
      (found) => {
        if (current) setHits(found);
      },
      (cause: unknown) => {
        if (current) setFailure(failureText(cause));
      },
    );
    return () => {
      current = false;
    };
  }, []);
  const shown = hits?.filter((hit) =>
    `${hit.folderTitle ?? ''} ${hit.title} ${hit.tags.join(' ')}`.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <PageFrame title="Dashboards" subTitle="The dashboards of the provisioning directory.">
      {failure !== undefined && (
        <Alert severity="error" title="The dashboards could not be read">
          {failure}
        </Alert>
      )}
      {!hits && failure === undefined && <LoadingPlaceholder text="Loading …" />}
      {hits && hits.length > 0 && (
        <div className={styles.search}>
          <FilterInput placeholder="Search for dashboards" value={text} onChange={setText} />
        </div>
      )}
      {shown?.length === 0 && (
        <p>{hits?.length === 0 ? 'There are none yet.' : 'No dashboard has that in its name, folder or tags.'}</p>
      )}
      {shown && shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map((hit) => (
            <li key={hit.uid} className={styles.item}>
              <Icon name="apps" />
              <Link to={hit.url} className={styles.link}>
                {hit.title}
              </Link>
              {hit.folderTitle && <span className={styles.folder}>{hit.folderTitle}</span>}
              <TagList tags={[...hit.tags]} className={styles.tags} />
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  search: css({ maxWidth: 480, marginBottom: theme.spacing(2) }),
  list: css({
    margin: 0,
    padding: 0,
    listStyle: 'none',
    maxWidth: 960,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  item: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
    '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
    '&:hover': { background: theme.colors.action.hover },
  }),
  link: css({ flex: 1, '&:hover': { textDecoration: 'underline' } }),
  folder: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  tags: css({ justifyContent: 'flex-end' }),
});
