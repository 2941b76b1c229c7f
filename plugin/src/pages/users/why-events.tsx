import { Badge, InlineSwitch, Pagination, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { textOf, type Row } from '../../asking/rows.ts';
import { instant } from '../../parts/format.ts';
import { Empty } from '../../parts/states.tsx';
import { pageStyles } from '../../parts/styles.ts';
import { reasonWords } from './why-words.ts';

const PAGE = 50;
/** Events that say nothing about the question; there are many of them. */
const UNRELATED = new Set(['other_event', 'out_of_range']);

/** Each event of a user with what it was counted as, or why not; the newest first. */
export function WhyEvents({ rows }: { rows: readonly Row[] }) {
  const styles = useStyles2(pageStyles);
  const [isAll, setIsAll] = useState(false);
  const [page, setPage] = useState(1);
  if (rows.length === 0) return <Empty title="This user has no events" />;
  const related = rows.filter(({ reason }) => !UNRELATED.has(textOf(reason)));
  const shown = (isAll ? rows : related).slice().reverse();
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const hasCells = rows.some(({ cell }) => cell !== null);
  return (
    <>
      <div className={styles.bar} style={{ alignItems: 'center' }}>
        <InlineSwitch
          id="suuupra-all-events"
          label="Also events of other types or times"
          showLabel
          value={isAll}
          onChange={(event) => {
            setIsAll(event.currentTarget.checked);
            setPage(1);
          }}
        />
        <p className={styles.note}>
          {String(rows.filter(({ counted }) => counted === true).length)} of {String(rows.length)} events count.
        </p>
      </div>
      {shown.length === 0 ? (
        <Empty title="None of the user’s events has to do with this analysis">
          {String(rows.length)} are of other types or lie outside the time range.
        </Empty>
      ) : (
        <div className={styles.tableBox}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Event</th>
                <th scope="col">Counted as</th>
                <th scope="col">Why not</th>
                {hasCells && <th scope="col">Where</th>}
              </tr>
            </thead>
            <tbody>
              {shown.slice((page - 1) * PAGE, page * PAGE).map((row) => (
                <EventRow key={textOf(row['event_id'])} row={row} hasCells={hasCells} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 && <Pagination currentPage={page} numberOfPages={pages} onNavigate={setPage} />}
    </>
  );
}

function EventRow({ row, hasCells }: { row: Row; hasCells: boolean }) {
  const styles = useStyles2(pageStyles);
  const { time, event, role, counted, reason, cell } = row;
  return (
    <tr>
      <td className={styles.time}>{instant(Number(time))}</td>
      <td>{event}</td>
      <td>{counted === true ? <Badge color="green" text={textOf(role) || 'counted'} /> : textOf(role)}</td>
      <td>{reason === null ? '' : <span title={textOf(reason)}>{reasonWords(textOf(reason))}</span>}</td>
      {hasCells && <td>{cell}</td>}
    </tr>
  );
}
