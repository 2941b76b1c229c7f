import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { ask } from '../../asking/ask.ts';
import { rangeOf } from '../../asking/range.ts';
import { numberOf, rowsOf, textOf } from '../../asking/rows.ts';
import { useAnswer } from '../../asking/use-answer.ts';
import { ago, count, instant } from '../../parts/format.ts';
import { Answered, Empty } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { addressWith } from '../links.ts';

/** Users of the last day, by their last event. */
const SQL = `SELECT toString(user_id) AS user, max(timestamp) AS last_seen, count() AS events,
  arrayStringConcat(topK(3)(event_type), ', ') AS types, any(country) AS country, any(device) AS device
FROM unique_events
WHERE $__timeFilter_ms(timestamp)
GROUP BY user
ORDER BY last_seen DESC, user
LIMIT 50`;

/** Who was active last, to choose from. */
export function RecentUsers({ source }: { source: string }) {
  const styles = useStyles2(pageStyles);
  const answer = useAnswer(source, async () => {
    const [frame] = await ask(source, rangeOf({ from: 'now-24h' }), [{ sql: SQL }]);
    return rowsOf(frame);
  });
  return (
    <section className={styles.section} aria-labelledby="suuupra-recent">
      <h2 id="suuupra-recent" className={styles.heading}>
        Recently active
      </h2>
      <Answered answer={answer} failure="Recently active users are not known">
        {(users) =>
          users.length === 0 ? (
            <Empty title="Nobody was active in the last 24 hours">Enter the id of a user above.</Empty>
          ) : (
            <div className={styles.tableBox}>
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">User</th>
                    <th scope="col">Last seen</th>
                    <th scope="col" className={styles.number}>
                      Events in 24 hours
                    </th>
                    <th scope="col">Mostly</th>
                    <th scope="col">Device</th>
                    <th scope="col">Country</th>
                  </tr>
                </thead>
                <tbody>
                  {users.map(({ user, last_seen: seen, events, types, device, country }) => (
                    <tr key={textOf(user)}>
                      <td>
                        <a className={`${styles.link} ${styles.code}`} href={addressWith({ user: textOf(user) })}>
                          {user}
                        </a>
                      </td>
                      <td className={styles.time} title={instant(Number(seen))}>
                        {ago(Number(seen))}
                      </td>
                      <td className={styles.number}>{count(numberOf(events) ?? 0)}</td>
                      <td>{types}</td>
                      <td>{device}</td>
                      <td>{country}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answered>
    </section>
  );
}
