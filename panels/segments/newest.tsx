import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { percent, signedPercent } from '../shared/format.ts';
import { oneLine } from '../shared/styles.ts';
import type { Size } from './model.ts';
import { segmentLabel } from './model.ts';

interface Props {
  readonly sizes: readonly Size[];
  readonly colors: Readonly<Record<string, string>>;
  readonly count: (value: number) => string;
  /** When the sizes are of. */
  readonly day: string;
  readonly width: number;
}

/** The newest sizes as bars, each with its share of all and its change within a week. */
export function Newest({ sizes, colors, count, day, width }: Props) {
  const styles = useStyles2(newestStyles);
  const most = Math.max(1, ...sizes.map(({ users }) => users));
  return (
    // Longer lists are scrolled, by keys too.
    <div className={styles.box} style={{ width }} tabIndex={0} role="region" aria-label={`Sizes, ${day}`}>
      <div className={styles.muted}>{day}</div>
      <ul className={styles.list}>
        {sizes.map(({ name, users, share, change }) => (
          <li key={name}>
            <div className={styles.line}>
              <span className={styles.name}>{segmentLabel(name)}</span>
              <span className={styles.users}>{count(users)}</span>
            </div>
            <div className={styles.track} aria-hidden="true">
              <div
                className={styles.fill}
                style={{ width: `${((users / most) * 100).toFixed(2)}%`, background: colors[name] }}
              />
            </div>
            <div className={styles.muted}>
              {share === null ? '–' : `${percent(share)} of all`}
              {change !== null && `, ${signedPercent(change, 0)} in a week`}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

const newestStyles = (theme: GrafanaTheme2) => ({
  box: css({ flex: 'none', overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize }),
  muted: css({ color: theme.colors.text.secondary }),
  list: css({ margin: 0, padding: 0, listStyle: 'none', li: { marginTop: theme.spacing(0.75) } }),
  line: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1) }),
  name: css({ ...oneLine, fontWeight: theme.typography.fontWeightMedium }),
  users: css({ fontWeight: theme.typography.fontWeightMedium, fontVariantNumeric: 'tabular-nums' }),
  track: css({
    height: 8,
    margin: '2px 0',
    borderRadius: 3,
    overflow: 'hidden',
    background: theme.colors.background.secondary,
  }),
  fill: css({ height: '100%' }),
});
