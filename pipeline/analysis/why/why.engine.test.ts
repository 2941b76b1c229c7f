import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine, type TestEvent } from '../testing/engine.ts';
import { BASE, eventId, OTHER, USER, why } from './testing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

describe('why by hand', () => {
  const at = (id: number, seconds: number, event: string): TestEvent => ({
    event_id: eventId(id, 0),
    event_type: event,
    user_id: USER,
    timestamp: new Date(BASE + seconds * 1000).toISOString(),
  });

  test('says of each event of the funnel in docs/analyses.md what became of it', async () => {
    await engine.store([
      at(1, 0, 'view'),
      at(2, 50, 'view'),
      at(3, 100, 'cart'),
      at(4, 130, 'buy'),
      at(5, 131, 'noise'),
    ]);
    const steps = [{ event: 'view' }, { event: 'cart' }, { event: 'buy' }];
    const { rows, verdict } = await why(engine, { analysis: 'funnel', steps, window_seconds: 60 });
    expect(rows.map(({ event, role, counted, reason }) => [event, role, counted, reason])).toEqual([
      ['view', null, false, 'shorter_path'],
      ['view', 'step 1', true, null],
      ['cart', 'step 2', true, null],
      ['buy', null, false, 'window_expired'],
      ['noise', null, false, 'other_event'],
    ]);
    expect(verdict).toMatchObject({ level: 2, reason: 'window_expired' });
  });

  test('finds the first step of any order also where another event begins the window', async () => {
    await engine.store([at(1, 4, 'buy'), at(2, 5, 'cart')]);
    const steps = [{ event: 'cart' }, { event: 'buy' }];
    const { rows, verdict } = await why(engine, { analysis: 'funnel', order: 'any', steps, window_seconds: 1 });
    expect(rows.map(({ event, role }) => [event, role])).toEqual([
      ['buy', 'step 2'],
      ['cart', 'step 1'],
    ]);
    expect(verdict).toMatchObject({ level: 2, reason: null });
  });

  test('names the variants, the exposure and the window of an experiment', async () => {
    const exposure = (id: number, seconds: number, variant: string): TestEvent => ({
      ...at(id, seconds, 'experiment_exposure'),
      properties: { experiment_key: 'e', variant },
    });
    const of = {
      analysis: 'experiment',
      experiment: 'e',
      control: 'A',
      window_seconds: 60,
      metrics: [{ name: 'bought', type: 'conversion', event: 'buy' }],
    };
    const log = [at(1, 0, 'buy'), exposure(2, 10, 'B'), exposure(3, 20, 'B'), at(4, 70, 'buy'), at(5, 71, 'buy')];
    await engine.store(log);
    const once = await why(engine, of);
    expect(once.rows.map(({ role, reason }) => [role, reason])).toEqual([
      [null, 'before_exposure'],
      ['exposure', null],
      ['exposure', 'repeated'],
      ['metric bought', null],
      [null, 'window_expired'],
    ]);
    expect(once.verdict).toMatchObject({ variant: 'B', reason: null, values: 'bought 1' });
    await engine.store([...log, exposure(6, 90, 'A')]);
    const mixed = await why(engine, of);
    expect(new Set(mixed.rows.map((row) => row['reason']))).toEqual(new Set(['both_variants']));
    expect(mixed.verdict).toMatchObject({ reason: 'both_variants', values: null });
  });

  test('has no rows and a reason for a user that is not there', async () => {
    await engine.store([at(1, 0, 'view')]);
    for (const of of [
      { analysis: 'sessions' },
      { analysis: 'revenue' },
      { analysis: 'segments' },
      { analysis: 'activity' },
      { analysis: 'retention' },
      { analysis: 'funnel', steps: [{ event: 'view' }, { event: 'cart' }] },
    ]) {
      const { rows, verdict } = await why(engine, of, OTHER);
      expect(rows).toEqual([]);
      expect(verdict['reason']).toBe('no_event');
    }
  });
});
