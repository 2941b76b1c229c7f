import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { usePanelStyles } from '../styles.ts';
import type { Layer } from './stack.ts';

interface Props {
  readonly layers: readonly Layer[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly hasIncomplete: boolean;
}

/** Which color is what; a click takes a layer away and brings it back. */
export function ColumnLegend({ layers, hidden, onToggle, hasIncomplete }: Props) {
  const shared = usePanelStyles();
  const styles = useStyles2(legendStyles);
  return (
    <ul className={shared.legend} aria-label="Legend">
      {layers.map(({ key, label, color }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.button}
            aria-pressed={!hidden.has(key)}
            onClick={() => {
              onToggle(key);
            }}
          >
            <span
              className={shared.swatch}
              style={{ background: hidden.has(key) ? 'transparent' : color, border: `1px solid ${color}` }}
            />
            {label}
          </button>
        </li>
      ))}
      {hasIncomplete && (
        <li>
          <span className={styles.open} />
          not complete yet
        </li>
      )}
    </ul>
  );
}

const legendStyles = (theme: GrafanaTheme2) => ({
  button: css({
    display: 'flex',
    alignItems: 'center',
    padding: 0,
    border: 0,
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    '&[aria-pressed=false]': { color: theme.colors.text.secondary },
    '&:hover': { textDecoration: 'underline' },
  }),
  open: css({
    display: 'inline-block',
    width: 14,
    height: 10,
    marginRight: theme.spacing(0.25),
    background: `repeating-linear-gradient(-45deg, ${theme.colors.text.secondary} 0 1px, transparent 1px 4px)`,
  }),
});
