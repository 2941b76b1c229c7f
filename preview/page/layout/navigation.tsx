import { css, cx } from '@emotion/css';
import { type GrafanaTheme2, type PluginInclude } from '@grafana/data';
import { Icon, type IconName, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { NavLink } from 'react-router-dom';
import { backendSrv } from '../services/backend.ts';
import { frontendSettings } from '../settings.ts';

interface Entry {
  readonly text: string;
  readonly url: string;
  readonly icon: IconName;
}
interface AppEntry {
  readonly name: string;
  readonly pages: readonly Entry[];
}

/** The pages of the apps, from `includes` of their plugin.json. */
function useApps(): readonly AppEntry[] {
  const [apps, setApps] = useState<readonly AppEntry[]>([]);
  useEffect(() => {
    let current = true;
    const ids = Object.keys(frontendSettings().apps);
    void Promise.all(
      ids.map(async (id) => {
        const settings = await backendSrv.get<{ name: string; includes?: PluginInclude[] }>(
          `/api/plugins/${id}/settings`,
        );
        const pages = (settings.includes ?? [])
          .filter(({ type, addToNav, path }) => String(type) === 'page' && addToNav && path)
          .map(({ name, path }) => ({ text: name, url: path ?? '/', icon: 'apps' as const }));
        return {
          name: settings.name,
          pages: pages.length > 0 ? pages : [{ text: settings.name, url: `/a/${id}`, icon: 'apps' as const }],
        };
      }),
    ).then((found) => {
      if (current) setApps(found);
    });
    return () => {
      current = false;
    };
  }, []);
  return apps;
}

/** The menu; narrow windows show it only when it is opened. */
export function Navigation({ open, onNavigate }: { open: boolean; onNavigate: () => void }) {
  const styles = useStyles2(getStyles);
  const apps = useApps();
  const sources = Object.values(frontendSettings().datasources).map(({ name, uid }) => ({
    text: name,
    url: `/datasource/${uid}`,
    icon: 'database' as const,
  }));
  return (
    <nav className={cx(styles.menu, open && styles.open)} aria-label="Pages">
      <Section entries={[{ text: 'Dashboards', url: '/dashboards', icon: 'apps' }]} onNavigate={onNavigate} />
      {apps.map(({ name, pages }) => (
        <Section key={name} heading={name} entries={pages} onNavigate={onNavigate} />
      ))}
      {sources.length > 0 && <Section heading="Data sources" entries={sources} onNavigate={onNavigate} />}
    </nav>
  );
}

function Section({
  heading,
  entries,
  onNavigate,
}: {
  heading?: string;
  entries: readonly Entry[];
  onNavigate: () => void;
}) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {heading && <h2 className={styles.heading}>{heading}</h2>}
      <ul className={styles.list}>
        {entries.map(({ text, url, icon }) => (
          <li key={url}>
            <NavLink
              to={url}
              className={styles.link}
              activeClassName={styles.active}
              isActive={(_match, { pathname }) =>
                pathname === url || (url === '/dashboards' && pathname.startsWith('/d/'))
              }
              onClick={onNavigate}
            >
              <Icon name={icon} /> {text}
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  menu: css({
    flex: 'none',
    width: 220,
    padding: theme.spacing(1.5, 1),
    background: theme.colors.background.primary,
    borderRight: `1px solid ${theme.colors.border.weak}`,
    [theme.breakpoints.down('lg')]: { display: 'none' },
  }),
  open: css({
    [theme.breakpoints.down('lg')]: {
      display: 'block',
      position: 'absolute',
      zIndex: theme.zIndex.sidemenu,
      minHeight: '100vh',
      boxShadow: theme.shadows.z3,
    },
  }),
  heading: css({
    margin: theme.spacing(2, 1, 0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  list: css({ margin: 0, padding: 0, listStyle: 'none' }),
  link: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.75, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, background: theme.colors.action.hover },
  }),
  active: css({ color: theme.colors.text.primary, background: theme.colors.action.selected }),
});
