import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { numberOf, textOf, type Row } from '../../asking/rows.ts';
import { ago, count, instant, share } from '../../parts/format.ts';
import { pageStyles } from '../../parts/styles.ts';
import { addressWith } from '../links.ts';

/** Types of events, the most frequent first. */
export function EventTypes({ types, chosen }: { types: readonly Row[]; chosen: string | undefined }) {
  const styles = useStyles2(pageStyles);
  return (
    <section className={styles.section} aria-labelledby="suuupra-types">
      <h2 id="suuupra-types" className={styles.heading}>
        Event types
      </h2>
      <div className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col" className={styles.number}>
                Events
              </th>
              <th
                scope="col"
                className={styles.number}
                title="Of the users with any event in the time range; estimated where there are very many"
              >
                Users
              </th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {types.map((row) => {
              const event = textOf(row['event']);
              const users = numberOf(row['users']) ?? 0;
              return (
                <tr key={event} aria-current={event === chosen}>
                  <td>
                    <a className={styles.link} href={addressWith({ event })}>
                      {event}
                    </a>
                  </td>
                  <td className={styles.number}>{count(numberOf(row['events']) ?? 0)}</td>
                  <td className={styles.number} title={`${count(users)} users`}>
                    {share(users / Math.max(1, numberOf(row['all_users']) ?? 1))}
                  </td>
                  <td className={styles.time} title={instant(Number(row['last_seen']))}>
                    {ago(Number(row['last_seen']))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
