import { css } from '@emotion/css';
import { FieldType, type Field, type GrafanaTheme2 } from '@grafana/data';
import { Sparkline, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { count } from '../../parts/format.ts';
import { pageStyles } from '../../parts/styles.ts';
import { changeWords } from './change.ts';
import type { KeyNumber } from './key-numbers.ts';

const HEIGHT = 40;
const WIDTH = 160;

/** A number of the day: how much, more or less than a week before, and its last hours as a line. */
export function KeyFigure({ name, means, today, before, hours }: KeyNumber) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(figureStyles);
  const theme = useTheme2();
  const { text, direction } = changeWords(today, before);
  const colour = theme.visualization.getColorByName('blue');
  const sparkline = useMemo(() => {
    const config = { color: { mode: 'fixed', fixedColor: colour } };
    const [min, max] = [Math.min(...hours), Math.max(...hours)];
    const state = { range: { min, max, delta: max - min } }; // Sparkline scales by it, and fails without
    const y: Field<number> = { name, type: FieldType.number, config, values: [...hours], state };
    return { y };
  }, [name, hours, colour]);
  return (
    <li className={styles.box}>
      <p className={own.name} title={means}>
        {name}
      </p>
      <p className={own.value}>{count(today)}</p>
      <p className={own.change}>
        <span className={own[direction === 0 ? 'same' : direction > 0 ? 'more' : 'fewer']}>
          {direction === 0 ? '' : direction > 0 ? '▲ ' : '▼ '}
          {text}
        </span>{' '}
        <span className={styles.note}>({count(before)})</span>
      </p>
      {hours.length > 1 && (
        <div
          role="img"
          aria-label={`${name} of each of the last ${String(hours.length)} hours: from ${count(Math.min(...hours))} to ${count(Math.max(...hours))}`}
        >
          <Sparkline width={WIDTH} height={HEIGHT} sparkline={sparkline} theme={theme} />
        </div>
      )}
    </li>
  );
}

const figureStyles = (theme: GrafanaTheme2) => {
  const change = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    name: css({ margin: 0, color: theme.colors.text.secondary }),
    value: css({
      margin: 0,
      fontSize: theme.typography.h1.fontSize,
      fontVariantNumeric: 'tabular-nums',
      lineHeight: 1.2,
    }),
    change: css({ margin: theme.spacing(0, 0, 1) }),
    more: css({ ...change, color: theme.colors.success.text }),
    fewer: css({ ...change, color: theme.colors.error.text }),
    same: css({ ...change, color: theme.colors.text.secondary }),
  };
};
