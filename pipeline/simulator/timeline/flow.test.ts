import { validateEvent, type AnalyticsEvent } from '@suuupra/contracts';
import { expect, test } from 'vitest';
import { MARKETS } from '../world/countries.ts';
import { People } from '../world/people.ts';
import { DAY } from '../world/rhythm.ts';
import { createWorld, play, type Strength, type World } from './flow.ts';
import type { Sent } from './timeline.ts';

const HOUR = DAY / 24;
const FROM = Date.UTC(2026, 2, 2); // a Monday
const world = createWorld('test', new People('test', 1_500));
const daily: Strength = { pace: 'daily', eventsPerDay: 8_000 };
const steady: Strength = { pace: 'steady', eventsPerSecond: 2 };
const played = (strength: Strength, from: number, until: number, mishaps = 0, of: World = world): Sent[] => [
  ...play(of, strength, from, mishaps).until(until),
];
function groupedBy(sent: readonly Sent[], key: (sent: Sent) => string): Map<string, Sent[]> {
  const groups = new Map<string, Sent[]>();
  for (const one of sent) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
}
const bytes = (sent: readonly Sent[]): string => JSON.stringify(sent);

const twoWeeks = played(daily, FROM, FROM + 14 * DAY);

test('the same seed, strength and start give the same events byte for byte, however they are asked for', () => {
  const again = createWorld('test', new People('test', 1_500));
  const inPieces = play(again, daily, FROM, 0);
  const pieces = [0.1, 0.1, 0.75, 1, 2].flatMap((days) => [...inPieces.until(FROM + days * DAY)]);
  expect(bytes(pieces)).toBe(bytes(twoWeeks.filter(({ at }) => at < FROM + 2 * DAY)));
});

test('another seed gives other people and other events', () => {
  const other = played(daily, FROM, FROM + DAY, 0, createWorld('other', new People('other', 1_500)));
  const mine = new Set(twoWeeks.flatMap(({ event }) => [event.event_id, event.user_id]));
  expect(other.length).toBeGreaterThan(1_000);
  expect(other.filter(({ event }) => mine.has(event.event_id) || mine.has(event.user_id))).toEqual([]);
});

test('every event satisfies the contract and is in its canonical form', () => {
  for (const { event } of twoWeeks.slice(0, 4_000)) expect(validateEvent(event)).toEqual({ ok: true, event });
});

test('events come in the order of their time, none twice', () => {
  for (const [n, { at, event }] of twoWeeks.entries()) {
    expect(Date.parse(event.timestamp)).toBe(at);
    if (n > 0 && at < (twoWeeks[n - 1] as Sent).at) throw new Error(`out of order at ${String(n)}`);
  }
  expect(new Set(twoWeeks.map(({ event }) => event.event_id)).size).toBe(twoWeeks.length);
});

test('a day has about as many events as asked for, weekends more than workdays', () => {
  const perDay = Array.from({ length: 14 }, () => 0);
  for (const { at } of twoWeeks)
    perDay[Math.floor((at - FROM) / DAY)] = (perDay[Math.floor((at - FROM) / DAY)] as number) + 1;
  expect(Math.abs(twoWeeks.length / 14 / daily.eventsPerDay - 1)).toBeLessThan(0.1);
  const mean = (days: readonly number[]): number => days.reduce((sum, count) => sum + count, 0) / days.length;
  const weekend = mean([5, 6, 12, 13].map((day) => perDay[day] as number));
  const workdays = mean([0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((day) => perDay[day] as number));
  expect(weekend / workdays).toBeGreaterThan(1.15);
});

test.each(['DE', 'IN', 'BR', 'JP'])(
  'in %s people sleep at night and come in the evening, by their own clocks',
  (country) => {
    const timezone = MARKETS.find((market) => market.country === country)?.timezone as string;
    const hourOf = new Intl.DateTimeFormat('en', { timeZone: timezone, hour: 'numeric', hourCycle: 'h23' });
    const hours = twoWeeks
      .filter(({ event }) => event.properties['country'] === country)
      .map(({ at }) => Number(hourOf.format(at)));
    const share = (from: number, to: number): number =>
      hours.filter((hour) => hour >= from && hour < to).length / hours.length / (to - from);
    expect(share(18, 22) / share(1, 5)).toBeGreaterThan(5);
  },
);

test('users sign up before all else, come again with habit, and stay away at last', () => {
  const byUser = groupedBy(twoWeeks, ({ event }) => event.user_id);
  const newcomers = [...byUser.values()].filter((sent) => sent.some(({ event }) => event.event_type === 'signup'));
  expect(newcomers.length).toBeGreaterThan(200);
  for (const sent of newcomers) {
    const signup = sent.findIndex(({ event }) => event.event_type === 'signup');
    const [first] = sent as [Sent];
    expect(sent.slice(0, signup + 1).every(({ event }) => event.session_id === first.event.session_id)).toBe(true);
  }
  const visitsOf = (sent: readonly Sent[]): number => new Set(sent.map(({ event }) => event.session_id)).size;
  const visits = [...byUser.values()].map(visitsOf).sort((a, b) => b - a);
  const tenth = visits.slice(0, Math.floor(visits.length / 10)).reduce((sum, count) => sum + count, 0);
  expect(tenth / visits.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.25); // power users
  // Of those who signed up in the first days, most have stopped coming in the last ones.
  const early = newcomers.filter(([first]) => (first as Sent).at < FROM + 4 * DAY);
  const still = early.filter((sent) => (sent.at(-1) as Sent).at >= FROM + 12 * DAY);
  expect(still.length / early.length).toBeGreaterThan(0.02);
  expect(still.length / early.length).toBeLessThan(0.5);
});

test('a steady flow has its rate from the first minute on, at any hour', () => {
  for (const hour of [3, 15]) {
    const rate = { ...steady, eventsPerSecond: 5 };
    const sent = played(rate, FROM + hour * HOUR, FROM + (hour + 1) * HOUR);
    expect(Math.abs(sent.length / 18_000 - 1)).toBeLessThan(0.15);
    const firstMinutes = sent.filter(({ at }) => at < FROM + hour * HOUR + 5 * 60_000);
    expect(Math.abs(firstMinutes.length / 1_500 - 1)).toBeLessThan(0.3);
  }
});

test('a flow that is started again later sends nothing that it has sent before, and what it would have sent', () => {
  const whole = played(steady, FROM, FROM + 3 * HOUR);
  const later = played(steady, FROM + 2 * HOUR, FROM + 3 * HOUR);
  const before = new Set(whole.filter(({ at }) => at < FROM + 2 * HOUR).map(({ event }) => event.event_id));
  expect(later.filter(({ event }) => before.has(event.event_id))).toEqual([]);
  const expected = new Set(whole.map(({ event }) => JSON.stringify(event)));
  expect(later.filter(({ event }) => !expected.has(JSON.stringify(event)))).toEqual([]);
  // All of it, but for the rest of visits that began even before the lead.
  expect(later.length / (whole.length - before.size)).toBeGreaterThan(0.995);
});

test('mishaps make a share of the events late or double and change nothing else', () => {
  const share = 0.1;
  const sent = played(daily, FROM, FROM + 3 * DAY, share);
  const kinds = groupedBy(sent, ({ kind }) => kind);
  for (const kind of ['late', 'again'] as const)
    expect(Math.abs((kinds.get(kind)?.length ?? 0) / sent.length - share / 2)).toBeLessThan(0.01);
  for (const { at, kind, event } of sent) {
    const happened = Date.parse(event.timestamp);
    if (kind === 'on time') expect(happened).toBe(at);
    else expect(happened).toBeLessThan(at);
  }
  expect(sent.every(({ at }, n) => n === 0 || at >= (sent[n - 1] as Sent).at)).toBe(true);
  // All that happened a good while before the end has arrived, once it is counted once.
  const settled = FROM + 3 * DAY - 7 * HOUR;
  const distinct = (list: readonly Sent[]): string[] => {
    const events = new Map<string, AnalyticsEvent>();
    for (const { event } of list) if (Date.parse(event.timestamp) < settled) events.set(event.event_id, event);
    return [...events.values()].map((event) => JSON.stringify(event)).sort();
  };
  expect(distinct(sent)).toEqual(distinct(twoWeeks));
});
