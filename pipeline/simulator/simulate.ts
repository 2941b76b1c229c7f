import { setImmediate, setTimeout } from 'node:timers/promises';
import type { AnalyticsEvent } from '@suuupra/contracts';
import { SuuupraError } from '@suuupra/core';
import { createWorld, play, type Playing } from './timeline/flow.ts';
import type { Sent } from './timeline/timeline.ts';
import { People } from './world/people.ts';
import { DAY } from './world/rhythm.ts';

/** Where events go. */
export interface SimulationSink {
  /** Takes an event, and waits while there is no room. */
  send(event: AnalyticsEvent): Promise<void>;
  /** Waits until everything taken is stored. */
  flush(): Promise<void>;
}

export interface SimulationOptions {
  /** Any text: other seeds are other people. */
  readonly seed: string;
  /** Past days to fill, up to now or `until`: whole days of UTC, and what has passed of the last one. */
  readonly days?: number | undefined;
  /** End of the past days, in milliseconds since 1970. Default: now. */
  readonly until?: number | undefined;
  /** Events per second of live production, on average. None without it. */
  readonly rate?: number | undefined;
  /** End live production after so many seconds. */
  readonly seconds?: number | undefined;
  /** Events of a past day, on average over the week. Default 20000. */
  readonly eventsPerDay?: number | undefined;
  /** Places for users; somewhat more than half of them are active at a time. Default: by the events of a day. */
  readonly users?: number | undefined;
  /** Share of the events that are late or come twice. Default 0. */
  readonly chaos?: number | undefined;
  /** Opens the way for the events; called after the options have been found good. */
  readonly openSink: () => Promise<SimulationSink>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SimulationProgress) => void) | undefined;
}

export interface SimulationProgress {
  readonly phase: 'past' | 'live';
  /** Share of the past days that is done; 1 when live. */
  readonly done: number;
  readonly events: number;
}

export interface SimulationSummary {
  readonly seed: string;
  readonly users: number;
  /** The past days that were filled, ISO 8601; null without any. */
  readonly past: { readonly from: string; readonly until: string; readonly events: number } | null;
  readonly live: { readonly from: string; readonly until: string; readonly events: number } | null;
  readonly events: number;
  readonly visits: number;
  readonly late: number;
  readonly again: number;
  readonly eventTypes: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

const DEFAULT_EVENTS_PER_DAY = 20_000;
/** Events of a day per place for a user, where the number of users is not given. */
const EVENTS_PER_PLACE = 5;
const FEWEST_USERS = 100;
const MOST_USERS = 20_000;
/** After so many events timers and the network get their turn, also while the buffer has room. */
const TURN_EVENTS = 500;
/** Live production sends what has become due so often. */
const TICK_MS = 20;

export const defaultUsers = (eventsPerDay: number): number =>
  Math.min(MOST_USERS, Math.max(FEWEST_USERS, Math.round(eventsPerDay / EVENTS_PER_PLACE)));

class Count {
  events = 0;
  late = 0;
  again = 0;
  readonly types = new Map<string, number>();

  add({ kind, event: { event_type: type } }: Sent): void {
    this.events += 1;
    if (kind === 'late') this.late += 1;
    if (kind === 'again') this.again += 1;
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
  }
}

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Fills past days, then produces live: the past ends where live production begins, nothing is dated in the future.
 * @returns what was sent, when everything is stored
 * @throws SuuupraError usage_invalid, and what the sink throws
 */
export async function simulate(options: SimulationOptions): Promise<SimulationSummary> {
  const { seed, days, rate, signal, chaos = 0, onProgress = () => undefined } = options;
  if (days === undefined && rate === undefined)
    throw new SuuupraError(
      'usage_invalid',
      'Nothing to simulate: give the past days, the rate of live events, or both',
    );
  if (options.until !== undefined && (days === undefined || rate !== undefined))
    throw new SuuupraError('usage_invalid', 'An end is for past days alone: live production begins now');
  const sink = await options.openSink();
  const startedAt = performance.now();
  const eventsPerDay = options.eventsPerDay ?? DEFAULT_EVENTS_PER_DAY;
  const users = options.users ?? defaultUsers(days === undefined ? (rate as number) * (DAY / 1000) : eventsPerDay);
  const world = createWorld(seed, new People(seed, users));
  const count = new Count();
  let visits = 0;
  const now = options.until ?? Date.now();

  let past: SimulationSummary['past'] = null;
  if (days !== undefined) {
    const from = Math.floor(now / DAY) * DAY - days * DAY;
    const playing = play(world, { pace: 'daily', eventsPerDay }, from, chaos);
    const reached = await sendPast(playing, from, now, sink, signal, (sent, done) => {
      count.add(sent);
      onProgress({ phase: 'past', done, events: count.events });
    });
    visits += playing.visits;
    past = { from: iso(from), until: iso(reached), events: count.events };
  }

  let live: SimulationSummary['live'] = null;
  if (rate !== undefined && signal?.aborted !== true) {
    const playing = play(world, { pace: 'steady', eventsPerSecond: rate }, now, chaos);
    const end = options.seconds === undefined ? Infinity : now + options.seconds * 1000;
    const reached = await sendLive(playing, end, sink, signal, (sent) => {
      count.add(sent);
      onProgress({ phase: 'live', done: 1, events: count.events });
    });
    visits += playing.visits;
    live = { from: iso(now), until: iso(reached), events: count.events - (past?.events ?? 0) };
  }

  await sink.flush();
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    seed,
    users,
    past,
    live,
    events: count.events,
    visits,
    late: count.late,
    again: count.again,
    eventTypes: Object.fromEntries([...count.types].sort(([a], [b]) => (a < b ? -1 : 1))),
    interrupted: signal?.aborted === true,
    seconds,
    eventsPerSecond: count.events / seconds,
  };
}

/** Sends everything up to a moment as fast as it is taken. */
async function sendPast(
  playing: Playing,
  from: number,
  until: number,
  sink: SimulationSink,
  signal: AbortSignal | undefined,
  onSent: (sent: Sent, done: number) => void,
): Promise<number> {
  let sinceTurn = 0;
  for (const sent of playing.until(until)) {
    await sink.send(sent.event);
    onSent(sent, (sent.at - from) / (until - from));
    if (++sinceTurn < TURN_EVENTS) continue;
    sinceTurn = 0;
    await setImmediate();
    if (signal?.aborted === true) return sent.at;
  }
  return until;
}

/** Sends events as they become due by the clock of this machine. */
async function sendLive(
  playing: Playing,
  end: number,
  sink: SimulationSink,
  signal: AbortSignal | undefined,
  onSent: (sent: Sent) => void,
): Promise<number> {
  for (;;) {
    // Up to the present millisecond, and that not included: it is not over yet.
    const due = Math.min(Date.now(), end);
    let sinceTurn = 0;
    for (const sent of playing.until(due)) {
      await sink.send(sent.event);
      onSent(sent);
      if (++sinceTurn < TURN_EVENTS) continue;
      sinceTurn = 0;
      await setImmediate();
      if (signal?.aborted === true) return sent.at;
    }
    if (due === end || signal?.aborted === true) return due;
    await setTimeout(TICK_MS);
  }
}
