import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type Row, type TestEvent } from '../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

const BASE = Date.UTC(2025, 0, 1);
const USER = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ID = (number: number): string => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

interface Watching {
  readonly id: number;
  readonly user: number;
  readonly session: string | null;
  readonly content: string;
  readonly at: number;
  readonly view: boolean;
  readonly watched?: number | undefined;
  readonly duration?: number | undefined;
}

const toEvent = (one: Watching): TestEvent => ({
  event_id: ID(one.id),
  event_type: one.view ? 'content_view' : 'video_progress',
  user_id: USER(one.user),
  session_id: one.session,
  content_id: one.content,
  timestamp: new Date(BASE + one.at).toISOString(),
  properties: {
    ...(one.watched === undefined ? {} : { watch_time_seconds: one.watched }),
    ...(one.duration === undefined ? {} : { duration_seconds: one.duration }),
  },
});

/** The contract as a plain loop. */
function plain(all: readonly Watching[], from = -Infinity, to = Infinity): Row[] {
  const inRange = (one: Watching): boolean => one.at >= from && one.at < to;
  const of = new Map<Watching, Watching[]>();
  const orphans: Watching[] = [];
  for (const view of all.filter((one) => one.view)) of.set(view, []);
  for (const progress of all.filter((one) => !one.view)) {
    const latest = [...of.keys()]
      .filter((view) => view.user === progress.user && view.session === progress.session)
      .filter((view) => view.content === progress.content && view.at <= progress.at)
      .sort((a, b) => a.at - b.at || a.id - b.id)
      .at(-1);
    if (latest === undefined) orphans.push(progress);
    else of.get(latest)?.push(progress);
  }
  const facts = [...of].map(([view, progress]) => {
    const numbers = (name: 'watched' | 'duration') => [view, ...progress].map((one) => one[name] ?? 0);
    return { view, progress, seconds: Math.max(...numbers('watched')), length: Math.max(...numbers('duration')) };
  });
  const chosen = facts.filter(({ view }) => inRange(view));
  const contents = [
    ...new Set([...chosen.map(({ view }) => view), ...orphans.filter(inRange)].map((one) => one.content)),
  ];
  const viewersOf = (content: string): number =>
    new Set(chosen.filter(({ view }) => view.content === content).map(({ view }) => view.user)).size;
  const most = Math.max(...contents.map(viewersOf));
  return contents.sort().map((content) => {
    const mine = chosen.filter(({ view }) => view.content === content);
    const completed = mine.filter(({ seconds, length }) => length > 0 && seconds * 10 >= length * 9).length;
    const withProgress = mine.filter(({ progress }) => progress.length > 0).length;
    const [watched, length] = [mine.reduce((s, one) => s + one.seconds, 0), mine.reduce((s, one) => s + one.length, 0)];
    const rate = mine.length === 0 ? null : completed / mine.length;
    const share = length > 0 ? Math.min(1, watched / length) : 0;
    return {
      content_id: content,
      views: mine.length,
      viewers: viewersOf(content),
      watch_seconds: watched,
      completed_views: completed,
      completion_rate: rate,
      views_with_progress: withProgress,
      completion_rate_with_progress: withProgress === 0 ? null : completed / withProgress,
      orphan_progress: orphans.filter((one) => one.content === content && inRange(one)).length,
      score: rate === null ? null : 100 * (0.5 * rate + 0.3 * share + 0.2 * (viewersOf(content) / most)),
    };
  });
}

describe('engagement', () => {
  test('a case by hand: a boundary of nine tenths, two views in one session, progress without a view', async () => {
    const events: Watching[] = [
      { id: 1, user: 1, session: 's', content: 'film', at: 0, view: true },
      { id: 2, user: 1, session: 's', content: 'film', at: 1000, view: false, watched: 45, duration: 100 },
      { id: 3, user: 1, session: 's', content: 'film', at: 2000, view: false, watched: 90, duration: 100 },
      { id: 4, user: 1, session: 's', content: 'film', at: 3000, view: true },
      { id: 5, user: 1, session: 's', content: 'film', at: 3000, view: false, watched: 89.9, duration: 100 },
      { id: 6, user: 2, session: null, content: 'film', at: 5000, view: true },
      { id: 7, user: 2, session: 's', content: 'film', at: 6000, view: false, watched: 100, duration: 100 },
      { id: 8, user: 2, session: null, content: 'clip', at: 10, view: true, watched: 7, duration: 7 },
    ];
    await engine.store(events.map(toEvent));
    expect(await engine.rows({ analysis: 'engagement' })).toEqual([
      {
        content_id: 'clip',
        views: 1,
        viewers: 1,
        watch_seconds: 7,
        completed_views: 1,
        completion_rate: 1,
        views_with_progress: 0,
        completion_rate_with_progress: null,
        orphan_progress: 0,
        score: 90,
      },
      {
        content_id: 'film',
        views: 3,
        viewers: 2,
        watch_seconds: 179.9,
        completed_views: 1,
        completion_rate: 1 / 3,
        views_with_progress: 2,
        completion_rate_with_progress: 0.5,
        orphan_progress: 1,
        score: 100 * (0.5 * (1 / 3) + 0.3 * (179.9 / 200) + 0.2),
      },
    ]);
  });

  test('random logs agree with a plain loop, with and without a range', async () => {
    const event = fc.record({
      user: fc.integer({ min: 1, max: 3 }),
      session: fc.constantFrom('s', 't', null),
      content: fc.constantFrom('film', 'clip', 'é\n'),
      at: fc.integer({ min: 0, max: 12 }),
      view: fc.boolean(),
      watched: fc.option(
        fc.integer({ min: 0, max: 1000 }).map((number) => number / 10),
        { nil: undefined },
      ),
      duration: fc.option(fc.constantFrom(0, 1, 50, 100, 33.3), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.option(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 6, max: 12 })), { nil: undefined }),
        async (list, range) => {
          const events = list.map((one, index) => ({ ...one, id: index + 1 }));
          await engine.store(events.map(toEvent));
          const iso = (at: number): string => new Date(BASE + at).toISOString();
          const definition = range === undefined ? {} : { from: iso(range[0]), to: iso(range[1]) };
          const rows = await engine.rows({ analysis: 'engagement', ...definition });
          const wanted = plain(events, ...(range ?? []));
          expect(rows.map((row) => row['content_id'])).toEqual(wanted.map((row) => row['content_id']));
          for (const [index, row] of rows.entries())
            for (const [name, of] of Object.entries(row)) {
              const want = wanted[index]?.[name];
              if (typeof of === 'number' && typeof want === 'number') expect(of).toBeCloseTo(want, 9);
              else expect({ [name]: of }).toEqual({ [name]: want });
            }
        },
      ),
      { numRuns: 60 },
    );
  });
});
