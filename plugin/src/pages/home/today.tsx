import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { useAnswer } from '../../asking/use-answer.ts';
import { Answered } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { spansOf } from './change.ts';
import { KeyFigure } from './key-figure.tsx';
import { keyNumbers } from './key-numbers.ts';

/**
 * The key numbers of the day so far.
 * @param until when the data is complete, in milliseconds
 */
export function Today({ source, until }: { source: string; until: number }) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(todayStyles);
  const answer = useAnswer(JSON.stringify([source, until]), () => keyNumbers(source, until));
  const { today, before } = spansOf(until);
  const format = (time: number, pattern: string): string => dateTimeFormat(time, { format: pattern, timeZone: 'utc' });
  const isToday = Date.now() - today.from < 86_400_000;
  return (
    <section className={styles.section} aria-labelledby="suuupra-today">
      <div>
        <h2 id="suuupra-today" className={styles.heading}>
          {isToday ? 'Today' : format(today.from, 'D MMMM YYYY')}
        </h2>
        <p className={styles.note}>
          {`Until ${format(until, 'HH:mm')} UTC, beside ${format(before.from, 'dddd, D MMMM')} until the same time. The lines are the last 24 hours.`}
        </p>
      </div>
      <Answered answer={answer} failure="The numbers of the day are not known">
        {(numbers) => (
          <ul className={own.figures}>
            {numbers.map((number) => (
              <KeyFigure key={number.name} {...number} />
            ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}

const todayStyles = (theme: GrafanaTheme2) => ({
  figures: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    margin: 0,
    padding: 0,
    listStyle: 'none',
  }),
});
