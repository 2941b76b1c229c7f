import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import React, { type ReactNode, useState } from 'react';
import { type Generation } from '../generations/generation.ts';
import { addressIn, chooseTheme, themeName } from '../preferences.ts';
import { frontendSettings } from '../settings.ts';
import { Navigation } from './navigation.tsx';
import { useSearch } from '../views/use-search.ts';

/** The frame of every page: the bar that says what this is, the menu, and the page beside it. */
export function Shell({ generation, children }: { generation: Generation['id']; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const [menuOpen, setMenuOpen] = useState(false);
  const kiosk = useSearch().has('kiosk');
  // Grafana's own class names: the drawers of 10.1 open inside the element that has them.
  const className = cx(styles.shell, 'main-view', 'main-view--chrome-hidden');
  if (kiosk) return <div className={className}>{children}</div>;
  return (
    <div className={className}>
      <header className={styles.header}>
        <div className={styles.menuButton}>
          <IconButton
            name="bars"
            size="lg"
            aria-label={menuOpen ? 'Close menu' : 'Open menu'}
            aria-expanded={menuOpen}
            onClick={() => {
              setMenuOpen(!menuOpen);
            }}
          />
        </div>
        <strong className={styles.brand}>Suuupra preview</strong>
        <p className={styles.notice} role="note">
          This is not a Grafana server: the real plugin in a page built from Grafana&apos;s npm packages, for
          development, tests and a first look.
        </p>
        <nav className={styles.switches} aria-label="Preview">
          <Generations current={generation} />
          <ThemeSwitch />
        </nav>
      </header>
      <div className={styles.body}>
        <Navigation
          open={menuOpen}
          onNavigate={() => {
            setMenuOpen(false);
          }}
        />
        {children}
      </div>
    </div>
  );
}

const GENERATIONS = [
  { id: '10', version: '10.1' },
  { id: '13', version: '13.2' },
] as const;

/** Links to this page in the other generation; a full load, since all its modules are others. */
function Generations({ current }: { current: Generation['id'] }) {
  const styles = useStyles2(getStyles);
  const { version } = frontendSettings().buildInfo;
  useSearch(); // the links carry the address, so they follow it
  return (
    <>
      {GENERATIONS.map(({ id, version: short }) =>
        id === current ? (
          <span key={id} className={styles.current} aria-current="true" title={`Packages of Grafana ${version}`}>
            <span className={styles.wide}>Grafana </span>
            {short}
          </span>
        ) : (
          <a key={id} className={styles.other} href={addressIn(id)} target="_self">
            <span className={styles.wide}>Grafana </span>
            {short}
          </a>
        ),
      )}
    </>
  );
}

function ThemeSwitch() {
  const next = themeName() === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      name="adjust-circle"
      size="lg"
      tooltip={`Switch to the ${next} theme`}
      aria-label={`Switch to the ${next} theme`}
      onClick={() => {
        chooseTheme(next);
      }}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  shell: css({ minHeight: '100vh', display: 'flex', flexDirection: 'column' }),
  header: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    minHeight: 40,
    padding: theme.spacing(0.5, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  menuButton: css({ [theme.breakpoints.up('lg')]: { display: 'none' } }),
  brand: css({ whiteSpace: 'nowrap', fontWeight: theme.typography.fontWeightMedium }),
  notice: css({
    flex: 1,
    margin: 0,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: 1.35,
    [theme.breakpoints.down('lg')]: { order: 1, flexBasis: '100%' },
  }),
  wide: css({ [theme.breakpoints.down('sm')]: { display: 'none' } }),
  switches: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    whiteSpace: 'nowrap',
  }),
  current: css({
    padding: theme.spacing(0.25, 1),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.secondary.main,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  other: css({
    padding: theme.spacing(0.25, 1),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { color: theme.colors.text.primary, textDecoration: 'underline' },
  }),
  body: css({ flex: 1, display: 'flex', minWidth: 0 }),
});
