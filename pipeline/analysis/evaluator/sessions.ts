/** Sessions, split where a user pauses. */
import type { Row, SessionsDefinition } from './definition.ts';
import { dayOf, startOfDay, timeText } from './calendar.ts';
import type { Log } from './log.ts';
import { groupBy, isInRange } from './log.ts';
import { quantile, rate } from './numbers.ts';

interface Session {
  readonly start: number;
  end: number;
  events: number;
}

function sessionsOf(log: Log, definition: SessionsDefinition): Session[] {
  const sessions: Session[] = [];
  for (const events of groupBy(log.events, (event) => event.user_id).values()) {
    let current: Session | undefined;
    for (const { at } of events) {
      if (current === undefined || at - current.end > definition.gap_seconds * 1000) {
        current = { start: at, end: at, events: 0 };
        sessions.push(current);
      }
      current.end = at;
      current.events += 1;
    }
  }
  return sessions.filter(({ start }) => isInRange(start, definition));
}

function sessionRow(time: string | null, sessions: readonly Session[]): Row {
  const durations = sessions.map(({ start, end }) => (end - start) / 1000);
  const bounces = sessions.filter(({ events }) => events === 1).length;
  const seconds = durations.reduce((sum, duration) => sum + duration, 0);
  const events = sessions.reduce((sum, session) => sum + session.events, 0);
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
  const all = sessionsOf(log, definition);
  const rows = [sessionRow(null, all)];
  const days = log.events.filter(({ at }) => isInRange(at, definition)).map(({ at }) => dayOf(at, definition.timezone));
  for (let day = Math.min(...days); day <= Math.max(...days); day += 1) {
    const ofDay = all.filter(({ start }) => dayOf(start, definition.timezone) === day);
    rows.push(sessionRow(timeText(startOfDay(day, definition.timezone)), ofDay));
  }
  return rows;
}
