import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Pagination, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { ask } from '../../asking/ask.ts';
import { rangeOf } from '../../asking/range.ts';
import { rowsOf, textOf, type Row } from '../../asking/rows.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { instant } from '../../parts/format.ts';
import { Answered, Empty } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { MOST_EVENTS, propertiesOf, timelineQuestion } from './timeline-query.ts';

export interface Times {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

interface Props {
  readonly source: string;
  readonly user: string;
  readonly times: Times;
}

const PAGE = 50;

/** The events of a user in the time range, the newest first. */
export function Timeline({ source, user, times }: Props) {
  const answer = useAnswer(JSON.stringify([source, user, times]), async () => {
    const [frame] = await ask(source, rangeOf(times), [timelineQuestion(user)]);
    return rowsOf(frame);
  });
  return (
    <Answered answer={answer} failure="The events of this user are not known">
      {(events) =>
        events.length === 0 ? (
          <Empty title="No events of this user in the time range">Choose a longer range, or check the id.</Empty>
        ) : (
          <Events events={events} />
        )
      }
    </Answered>
  );
}

function Events({ events }: { events: readonly Row[] }) {
  const styles = useStyles2(pageStyles);
  const own = useStyles2(timelineStyles);
  const [page, setPage] = useState(1);
  const isCut = events.length > MOST_EVENTS;
  const shown = events.slice(0, MOST_EVENTS);
  const pages = Math.ceil(shown.length / PAGE);
  return (
    <section className={styles.section} aria-label="Timeline">
      <p className={styles.note}>
        {isCut
          ? `The newest ${String(MOST_EVENTS)} events; choose a shorter range to see others.`
          : `${String(shown.length)} ${shown.length === 1 ? 'event' : 'events'}, the newest first.`}
      </p>
      <div className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Event</th>
              <th scope="col">Content</th>
              <th scope="col">Properties</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice((page - 1) * PAGE, page * PAGE).map((event) => (
              <tr key={textOf(event['event_id'])}>
                <td className={styles.time}>{instant(Number(event['time']))}</td>
                <td>{event['event']}</td>
                <td>{event['content_id']}</td>
                <td>
                  <dl className={own.properties}>
                    {propertiesOf(event).map(([name, value]) => (
                      <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && <Pagination currentPage={page} numberOfPages={pages} onNavigate={setPage} />}
    </section>
  );
}

const timelineStyles = (theme: GrafanaTheme2) => ({
  properties: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 2),
    margin: 0,
    div: { display: 'flex', gap: theme.spacing(0.5), minWidth: 0 },
    dt: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, overflowWrap: 'anywhere' },
  }),
});
