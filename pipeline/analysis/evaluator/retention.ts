/** Retention: cohorts of users and how many come back, period by period or in brackets of days. */
import type { RetentionDefinition, Row } from './definition.ts';
import { dayOf, firstDay, periodOf, startOf, startOfDay, timeText } from './calendar.ts';
import { isSelected } from './filters.ts';
import type { Log, Timed } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { rate, wilson } from './numbers.ts';

/** A user in a cohort: the event that began it and the return events that may count. */
interface Member {
  readonly start: Timed;
  readonly returns: readonly Timed[];
}

function isDefault(definition: RetentionDefinition): boolean {
  return [definition.start, definition.return].every(
    ({ event, filters }) => event === undefined && filters.length === 0,
  );
}

/** Members by the number of their cohort's period. */
function cohortsOf(log: Log, definition: RetentionDefinition): Map<number, Member[]> {
  const cohorts = new Map<number, Member[]>();
  for (const events of groupBy(log.events, (event) => event.user_id).values()) {
    const startsByPeriod = new Map<number, Timed>();
    for (const event of events) {
      if (!isSelected(event, definition.start)) continue;
      if (definition.cohort === 'first_ever' && startsByPeriod.size > 0) break;
      const period = periodOf(event.at, definition.period, definition.timezone);
      if (!startsByPeriod.has(period)) startsByPeriod.set(period, event);
    }
    for (const [period, start] of startsByPeriod) {
      const returns = events.filter(
        (event) =>
          event.at >= start.at && isSelected(event, definition.return) && (event !== start || isDefault(definition)),
      );
      cohorts.set(period, [...(cohorts.get(period) ?? []), { start, returns }]);
    }
  }
  return cohorts;
}

function retentionRow(
  cohort: string | null,
  size: number,
  cell: Row,
  count: number,
  complete: boolean,
  confidence: number,
): Row {
  const [low, high] = wilson(count, size, confidence);
  return { cohort, size, ...cell, count, rate: rate(count, size), rate_low: low, rate_high: high, complete };
}

/** Rows of one cohort in modes `on` and `on_or_after`. */
function periodRows(
  cohort: number,
  members: readonly Member[],
  lastDay: number,
  definition: RetentionDefinition,
): Row[] {
  const { period, timezone, mode, confidence } = definition;
  const rows: Row[] = [];
  for (let n = 0; n <= (definition.periods ?? Infinity) && firstDay(cohort + n, period) <= lastDay; n += 1) {
    const count = members.filter(({ returns }) =>
      returns.some(({ at }) => {
        const passed = periodOf(at, period, timezone) - cohort;
        return mode === 'on' ? passed === n : passed >= n;
      }),
    ).length;
    const complete = firstDay(cohort + n + 1, period) - 1 <= lastDay;
    const time = timeText(startOf(cohort, period, timezone));
    rows.push(retentionRow(time, members.length, { period: n }, count, complete, confidence));
  }
  return rows;
}

/** Rows of one cohort in mode `bracket`. */
function bracketRows(
  cohort: number,
  members: readonly Member[],
  lastDay: number,
  definition: RetentionDefinition,
): Row[] {
  const { period, timezone, confidence } = definition;
  const rows: Row[] = [];
  for (const [from, to] of [...(definition.brackets ?? [])].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (firstDay(cohort, period) + from > lastDay) continue;
    const count = members.filter(({ start, returns }) =>
      returns.some(({ at }) => {
        const days = dayOf(at, timezone) - dayOf(start.at, timezone);
        return days >= from && days <= to;
      }),
    ).length;
    const complete = firstDay(cohort + 1, period) - 1 + to <= lastDay;
    const time = timeText(startOf(cohort, period, timezone));
    rows.push(retentionRow(time, members.length, { from_day: from, to_day: to }, count, complete, confidence));
  }
  return rows;
}

/** For each period, counts and sizes of the cohorts that have a row there. */
function pooledRows(rows: readonly Row[], confidence: number): Row[] {
  const pooled: Row[] = [];
  for (let n = 0; rows.some((row) => row['period'] === n); n += 1) {
    const cells = rows.filter((row) => row['period'] === n);
    const sum = (name: string): number => cells.reduce((total, row) => total + Number(row[name]), 0);
    const complete = cells.every((row) => row['complete'] === true);
    pooled.push(retentionRow(null, sum('size'), { period: n }, sum('count'), complete, confidence));
  }
  return pooled;
}

/** The rows of a retention: pooled ones first, then cohort by cohort. */
export function retention(log: Log, definition: RetentionDefinition): Row[] {
  const { period, timezone, mode } = definition;
  if (log.asOf === undefined) return [];
  const lastDay = dayOf(log.asOf, timezone);
  const rows: Row[] = [];
  const cohorts = [...cohortsOf(log, definition)].sort(([left], [right]) => left - right);
  for (const [cohort, members] of cohorts) {
    if (!isInRange(startOfDay(firstDay(cohort, period), timezone), definition)) continue;
    if (mode === 'bracket') rows.push(...bracketRows(cohort, members, lastDay, definition));
    else rows.push(...periodRows(cohort, members, lastDay, definition));
  }
  return mode === 'bracket' ? rows : [...pooledRows(rows, definition.confidence), ...rows];
}
