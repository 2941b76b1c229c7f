import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { ANALYSIS_LIST, type AnalysisName } from './registry.ts';
import { Engine, type Row, type TestEvent } from './testing/engine.ts';

const USER = (user: number): string => `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`;
const range = { from: '2025-03-01', to: '2025-03-15' };
const [view, buy] = [{ event: 'content_view' }, { event: 'purchase' }];
const conversion = { type: 'conversion', name: 'bought', event: 'purchase' };

const DEFINITIONS: Readonly<Record<AnalysisName, readonly object[]>> = {
  funnel: [
    { ...range, steps: [view, buy] },
    { ...range, steps: [view, buy], breakdown: 'country' },
  ],
  retention: [{ ...range, start: view, return: buy }],
  activity: [range],
  lifecycle: [range],
  trend: [
    { ...range, series: [view, buy], breakdown: 'country', compare: 'previous' },
    { ...range, series: [view] },
  ],
  experiment: [{ experiment: 'button', control: 'blue', metrics: [conversion] }],
  engagement: [range],
  sessions: [range],
  revenue: [range, { ...range, currency: 'EUR' }],
  segments: [range],
  paths: [{ ...range, start: 'content_view' }],
  power: [{ ...range, metric: conversion }],
  why: [{ of: { analysis: 'funnel', ...range, steps: [view, buy] }, user: USER(1) }],
};

const TYPES = ['content_view', 'purchase', 'experiment_exposure'] as const;

const events = Array.from({ length: 90 }, (_, index): TestEvent => {
  const type = TYPES[index % 3] ?? 'content_view';
  // Six events in a row are one user's, a minute apart.
  const visit = Math.floor(index / 6);
  const user = visit % 11;
  const country = ['de', 'fr'][index % 2] ?? 'de';
  const paid = {
    amount: (index % 5) * 10 - 10,
    currency: index % 2 === 0 ? 'EUR' : 'USD',
    order_id: `o${String(index)}`,
  };
  const shown = { experiment_key: 'button', variant: user % 2 === 0 ? 'blue' : 'red' };
  return {
    event_id: `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
    event_type: type,
    user_id: USER(user),
    content_id: type === 'content_view' ? `c${String(index % 4)}` : null,
    timestamp: new Date(Date.UTC(2025, 2, 1, 10) + visit * 20 * 3_600_000 + index * 60_000).toISOString(),
    properties: { country, ...(type === 'purchase' ? paid : type === 'experiment_exposure' ? shown : {}) },
  };
});

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
  await engine.store(events);
});
afterAll(() => {
  engine.stop();
});

const sorted = (rows: readonly Row[], name: string): string[] => rows.map((row) => JSON.stringify(row[name])).sort();

const cases = Object.keys(ANALYSIS_LIST).flatMap((analysis) =>
  DEFINITIONS[analysis as AnalysisName].map((of, index) => ({ analysis, index, definition: { analysis, ...of } })),
);

/** People put compiled SQL into brackets and take what they need of it; the engine then computes no more than that. */
test.each(cases)(
  '$analysis $index: a query around it may select any one column',
  { timeout: 120_000 },
  async ({ definition }) => {
    const { sql, params, columns } = compile(definition);
    const whole = await engine.query({ sql, params });
    expect(whole).not.toEqual([]);
    const around = (what: string): Promise<Row[]> => engine.query({ sql: `SELECT ${what} FROM (\n${sql}\n)`, params });
    expect(await around('count() AS number')).toEqual([{ number: whole.length }]);
    for (const { name } of columns)
      expect({ [name]: sorted(await around(name), name) }).toEqual({ [name]: sorted(whole, name) });
  },
);
