/** Sessions, split where a user pauses. */
import type { Row, SessionsDefinition } from './definition.ts';
import { dayOf, startOfDay, timeText } from './calendar.ts';
import type { Log, Timed } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { quantile, rate } from './numbers.ts';

/** A user's events without a pause of more than the gap; `start` and `end` are its first and last. */
export interface Session {
  readonly start: number;
  end: number;
  readonly events: Timed[];
}

/** Every session of the log, user by user. */
export function sessionsOf(log: Log, gapSeconds: number): Session[] {
  const sessions: Session[] = [];
  for (const events of groupBy(log.events, (event) => event.user_id).values()) {
    let current: Session | undefined;
    for (const event of events) {
      if (current === undefined || event.at - current.end > gapSeconds * 1000) {
        current = { start: event.at, end: event.at, events: [] };
        sessions.push(current);
      }
      current.end = event.at;
      current.events.push(event);
    }
  }
  return sessions;
}

function sessionRow(time: string | null, sessions: readonly Session[]): Row {
  const durations = sessions.map(({ start, end }) => (end - start) / 1000);
  const bounces = sessions.filter(({ events }) => events.length === 1).length;
  const seconds = durations.reduce((sum, duration) => sum + duration, 0);
  const events = sessions.reduce((sum, session) => sum + session.events.length, 0);
  return {
    time,
    sessions: sessions.length,
    bounces,
    bounce_rate: rate(bounces, sessions.length),
    median_duration_seconds: quantile(durations, 0.5),
    p90_duration_seconds: quantile(durations, 0.9),
    mean_duration_seconds: rate(seconds, sessions.length),
    events_per_session: rate(events, sessions.length),
  };
}

/** A total and a row for every day from the first to the last of the data in range. */
export function sessions(log: Log, definition: SessionsDefinition): Row[] {
  const all = sessionsOf(log, definition.gap_seconds).filter(({ start }) => isInRange(start, definition));
  const rows = [sessionRow(null, all)];
  const days = log.events.filter(({ at }) => isInRange(at, definition)).map(({ at }) => dayOf(at, definition.timezone));
  for (let day = Math.min(...days); day <= Math.max(...days); day += 1) {
    const ofDay = all.filter(({ start }) => dayOf(start, definition.timezone) === day);
    rows.push(sessionRow(timeText(startOfDay(day, definition.timezone)), ofDay));
  }
  return rows;
}
