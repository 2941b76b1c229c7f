import { css } from '@emotion/css';
import { locationUtil, type GrafanaTheme2 } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { useAnswer } from '../../asking/use-answer.ts';
import { Answered, Empty } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';

/** Dashboards of ours carry this tag. */
const TAG = 'suuupra';

interface Hit {
  readonly uid: string;
  readonly title: string;
  readonly url: string;
  readonly folderTitle?: string;
}

function grouped(hits: readonly Hit[]): [folder: string, dashboards: Hit[]][] {
  const folders = new Map<string, Hit[]>();
  for (const hit of hits) {
    const folder = hit.folderTitle ?? 'General';
    folders.set(folder, [...(folders.get(folder) ?? []), hit]);
  }
  return [...folders].sort(([a], [b]) => a.localeCompare(b));
}

/** The dashboards of this product, by folder. */
export function Dashboards() {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(dashboardStyles);
  const answer = useAnswer(TAG, async () =>
    grouped(await getBackendSrv().get<Hit[]>('/api/search', { type: 'dash-db', tag: TAG })),
  );
  return (
    <section className={styles.section} aria-labelledby="suuupra-dashboards">
      <h2 id="suuupra-dashboards" className={styles.heading}>
        Dashboards
      </h2>
      <Answered answer={answer} failure="The dashboards are not known">
        {(folders) =>
          folders.length === 0 ? (
            <Empty title="There are no dashboards yet">The repository has some to provision.</Empty>
          ) : (
            folders.map(([folder, dashboards]) => (
              <div key={folder}>
                <h3 className={own.folder}>{folder}</h3>
                <ul className={own.list}>
                  {dashboards.map(({ uid, title, url }) => (
                    <li key={uid}>
                      <a
                        className={own.dashboard}
                        href={locationUtil.assureBaseUrl(locationUtil.stripBaseFromUrl(url))}
                      >
                        {title}
                      </a>
                    </li>
                  ))}
                </ul>
              </div>
            ))
          )
        }
      </Answered>
    </section>
  );
}

const dashboardStyles = (theme: GrafanaTheme2) => ({
  folder: css({
    margin: theme.spacing(0, 0, 1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.body.fontSize,
  }),
  list: css({
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    margin: 0,
    padding: 0,
    listStyle: 'none',
  }),
  dashboard: css({
    display: 'block',
    padding: theme.spacing(1, 1.5),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
    '&:hover': { background: theme.colors.action.hover },
  }),
});
