import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { ask } from '../../asking/ask.ts';
import { fromOf, rangeOf } from '../../asking/range.ts';
import { rowsOf } from '../../asking/rows.ts';
import { chosenSource } from '../../asking/source.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { RangeChoice } from '../../parts/range-choice.tsx';
import { SourceChoice } from '../../parts/source-choice.tsx';
import { Answered, Empty, NoSource } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import type { PageProps } from '../pages.tsx';
import { CATALOGUE } from './catalogue-query.ts';
import { EventDetails } from './event-details.tsx';
import { EventTypes } from './event-types.tsx';

/** Which types of events there are, and what the chosen one carries. */
export default function EventsPage({ parameters }: PageProps) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(eventStyles);
  const source = chosenSource(parameters['source']);
  const { event, from, to } = parameters;
  const uid = source?.uid ?? '';
  const answer = useAnswer(JSON.stringify([uid, from, to]), async () => {
    if (uid === '') return [];
    const [frame] = await ask(uid, rangeOf({ from, to }), [CATALOGUE]);
    return rowsOf(frame);
  });
  if (source === undefined) return <NoSource />;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <RangeChoice from={fromOf(parameters)} />
        <SourceChoice uid={uid} />
      </div>
      <Answered answer={answer} failure="The types of events are not known">
        {(types) =>
          types.length === 0 ? (
            <Empty title="No events in the time range">Choose a longer range.</Empty>
          ) : (
            <div className={own.columns}>
              <EventTypes types={types} chosen={event} />
              {event !== undefined && <EventDetails source={uid} event={event} times={{ from, to }} />}
            </div>
          )
        }
      </Answered>
    </div>
  );
}

const eventStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 440px), 1fr))',
    alignItems: 'start',
  }),
});
