import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '@suuupra/clickhouse';
import { expect, test } from 'vitest';
import { retentionGrid } from './retention.ts';

const draw = (rows: object[]): string[][] =>
  stripVTControlCharacters(retentionGrid({ analysis: 'retention', rows } as unknown as Answer))
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));

test('cohorts go down and periods across; what is not over is marked, what is not there is empty', () => {
  const row = (cohort: string | null, period: number, rate: number, complete: boolean): object => ({
    ...{ cohort, size: 1200, period, rate, complete },
  });
  const lines = draw([
    row(null, 0, 1, true),
    row(null, 1, 0.25, true),
    row('2026-01-05T00:00:00.000Z', 0, 1, true),
    row('2026-01-05T00:00:00.000Z', 1, 0.305, true),
    row('2026-01-12T00:00:00.000Z', 0, 1, false),
  ]);
  expect(lines[0]).toEqual(['cohort', 'size', '0', '1']);
  expect(lines).toContainEqual(['all', '100.0 %', '25.0 %']);
  expect(lines).toContainEqual(['2026-01-05', '1,200', '100.0 %', '30.5 %']);
  expect(lines).toContainEqual(['2026-01-12', '1,200', '100.0 %*']);
  expect(lines.at(-1)).toEqual(['* the period is not over yet']);
});

test('brackets are columns of days', () => {
  const lines = draw([
    { cohort: '2026-01-05T00:00:00.000Z', size: 5, from_day: 1, to_day: 7, rate: 0.4, complete: true },
  ]);
  expect(lines[0]).toEqual(['cohort', 'size', '1–7']);
});
