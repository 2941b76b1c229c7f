/** Active users per day, and what became of them from period to period. */
import type { ActivityDefinition, LifecycleDefinition, Row } from './definition.ts';
import type { Period } from './calendar.ts';
import { periodOf, startOf, timeText } from './calendar.ts';
import type { Common } from './definition.ts';
import type { Log } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { rate } from './numbers.ts';

/** Per user the periods with an event. */
function activePeriods(log: Log, period: Period, timezone: string): Set<number>[] {
  const users = groupBy(log.events, (event) => event.user_id);
  return [...users.values()].map((events) => new Set(events.map(({ at }) => periodOf(at, period, timezone))));
}

/** Every period from the first to the last of the data in range. */
function periodsOf(log: Log, definition: Common, period: Period): number[] {
  const inRange = log.events.filter(({ at }) => isInRange(at, definition));
  const numbers = inRange.map(({ at }) => periodOf(at, period, definition.timezone));
  const all: number[] = [];
  for (let number = Math.min(...numbers); number <= Math.max(...numbers); number += 1) all.push(number);
  return all;
}

/** Rows of daily, weekly and monthly active users. */
export function activity(log: Log, definition: ActivityDefinition): Row[] {
  const users = activePeriods(log, 'day', definition.timezone);
  return periodsOf(log, definition, 'day').map((day) => {
    const activeIn = (days: number): number =>
      users.filter((active) => [...active].some((other) => other <= day && other > day - days)).length;
    return {
      time: timeText(startOf(day, 'day', definition.timezone)),
      dau: activeIn(1),
      wau: activeIn(7),
      mau: activeIn(30),
      stickiness: rate(activeIn(1), activeIn(30)),
    };
  });
}

/** Rows of new, returning, resurrecting and dormant users. */
export function lifecycle(log: Log, definition: LifecycleDefinition): Row[] {
  const users = activePeriods(log, definition.interval, definition.timezone);
  return periodsOf(log, definition, definition.interval).map((now) => {
    const counts = { new: 0, returning: 0, resurrecting: 0, dormant: 0 };
    for (const active of users) {
      if (active.has(now) && Math.min(...active) === now) counts.new += 1;
      else if (active.has(now) && active.has(now - 1)) counts.returning += 1;
      else if (active.has(now)) counts.resurrecting += 1;
      else if (active.has(now - 1)) counts.dormant += 1;
    }
    return { time: timeText(startOf(now, definition.interval, definition.timezone)), ...counts };
  });
}
