import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { count, instant, span } from '../../parts/format.ts';
import { pageStyles } from '../../parts/styles.ts';
import type { Freshness } from './freshness.ts';

/** Older than this, the newest numbers are not those of now. */
const STALE_SECONDS = 600;

/** How complete the data is, and what did not become data. */
export function DataState({ completeUntil, lag, deadLetters }: Freshness) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(stateStyles);
  const age = completeUntil === undefined ? undefined : Math.max(0, (Date.now() - completeUntil) / 1000);
  const dead = deadLetters.reduce((sum, { count: number }) => sum + number, 0);
  return (
    <section className={styles.section} aria-labelledby="suuupra-data">
      <h2 id="suuupra-data" className={styles.heading}>
        Data
      </h2>
      <dl className={own.facts}>
        <div className={styles.box}>
          <dt>Complete until</dt>
          <dd className={age === undefined || age > STALE_SECONDS ? own.bad : undefined}>
            {age === undefined ? 'not known' : `${span(age)} ago`}
          </dd>
          <dd className={styles.note}>
            {completeUntil === undefined
              ? 'The pipeline has read nothing yet'
              : `${instant(completeUntil)}, ${count(lag)} ${lag === 1 ? 'message' : 'messages'} waiting`}
          </dd>
        </div>
        <div className={styles.box}>
          <dt>Dead letters in 24 hours</dt>
          <dd className={dead > 0 ? own.bad : undefined}>{count(dead)}</dd>
          <dd className={styles.note}>
            {dead === 0
              ? 'Every message became an event'
              : deadLetters
                  .map(({ reason, count: number }) => `${reason.replaceAll('_', ' ')} (${count(number)})`)
                  .join(', ')}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const stateStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))',
    margin: 0,
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0 },
    'dd:nth-of-type(1)': { fontSize: theme.typography.h3.fontSize },
  }),
  bad: css({ color: theme.colors.warning.text }),
});
