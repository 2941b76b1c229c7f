/** Segments: which users are new, likely to leave, keen, or none of these, as of a day. */
import type { Row, Segment, SegmentsDefinition } from './definition.ts';
import { dayOf, startOfDay, timeText } from './calendar.ts';
import { compareBytes } from './filters.ts';
import type { Log, Timed } from './log.ts';
import { groupBy, isInRange } from './log.ts';

const SEGMENTS: readonly Segment[] = ['casual', 'churn_risk', 'new', 'power'];

/** A user's active days that lie in the `length` days up to and with `day`. */
function daysActive(events: readonly Timed[], day: number, length: number, timezone: string): number {
  const days = new Set(events.map(({ at }) => dayOf(at, timezone)));
  return [...days].filter((other) => other <= day && other > day - length).length;
}

/** The segment of a user as of a day; undefined before the first event. */
function segmentOf(events: readonly Timed[], day: number, timezone: string): Segment | undefined {
  const first = events[0];
  if (first === undefined || dayOf(first.at, timezone) > day) return undefined;
  if (dayOf(first.at, timezone) >= day - 6) return 'new';
  if (daysActive(events, day, 14, timezone) === 0) return 'churn_risk';
  return daysActive(events, day, 28, timezone) >= 12 ? 'power' : 'casual';
}

/** Sizes of every segment on every day from the first to the last of the data in range, or a page of users. */
export function segments(log: Log, definition: SegmentsDefinition): Row[] {
  const { timezone } = definition;
  const users = groupBy(log.events, ({ user_id }) => user_id);
  if (definition.members) return membersOf(log, users, definition);
  const inRange = log.events.filter(({ at }) => isInRange(at, definition)).map(({ at }) => dayOf(at, timezone));
  const rows: Row[] = [];
  for (let day = Math.min(...inRange); day <= Math.max(...inRange); day += 1) {
    const found = [...users.values()].map((events) => segmentOf(events, day, timezone));
    for (const segment of SEGMENTS) {
      const size = found.filter((one) => one === segment).length;
      rows.push({ time: timeText(startOfDay(day, timezone)), segment, users: size });
    }
  }
  return rows;
}

/** A page of users, as of the day of `as_of`; the words of the reason are left to the compiler. */
function membersOf(log: Log, users: ReadonlyMap<string, readonly Timed[]>, definition: SegmentsDefinition): Row[] {
  const { timezone, segment: wanted, after, limit } = definition;
  if (log.asOf === undefined) return [];
  const today = dayOf(log.asOf, timezone);
  const rows: Row[] = [];
  for (const [user, events] of [...users].sort(([left], [right]) => compareBytes(left, right))) {
    const segment = segmentOf(events, today, timezone);
    const last = events.at(-1);
    if (segment === undefined || last === undefined) continue;
    if (wanted !== undefined && segment !== wanted) continue;
    if (after !== undefined && compareBytes(user, after) <= 0) continue;
    const days = daysActive(events, today, 28, timezone);
    rows.push({ user_id: user, segment, last_active: timeText(last.at), active_days: days });
  }
  return rows.slice(0, limit);
}
