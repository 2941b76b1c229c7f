import { createRequire } from 'node:module';
import { dateTime, type TimeRange } from '@grafana/data';
import { describe, expect, it, vi } from 'vitest';
import { boundText, intervalMs, panelRange, rangeOf, rawRange, shifted, zoomedOut } from './time.ts';

// The real package, in the form that Node can load: its other form imports CommonJS packages by name.
vi.mock('@grafana/data', () => createRequire(import.meta.url)('@grafana/data') as object);

const HOUR = 3_600_000;
const fallback = { from: 'now-6h', to: 'now' };
const range = (from: number, to: number): TimeRange => ({
  from: dateTime(from),
  to: dateTime(to),
  raw: { from: dateTime(from), to: dateTime(to) },
});
const texts = ({ from, to }: { from: TimeRange['raw']['from']; to: TimeRange['raw']['to'] }) => [
  boundText(from),
  boundText(to),
];

describe('rawRange', () => {
  it('reads relative bounds, milliseconds and ISO 8601', () => {
    expect(texts(rawRange('now-28d', 'now', fallback))).toEqual(['now-28d', 'now']);
    expect(texts(rawRange('1700000000000', '2023-11-14T23:13:20.000Z', fallback))).toEqual([
      '1700000000000',
      '1700003600000',
    ]);
  });

  it('replaces a bound that means no time', () => {
    expect(texts(rawRange('yesterday-ish', 'now-', fallback))).toEqual(['now-6h', 'now']);
  });
});

describe('rangeOf', () => {
  it('makes relative bounds absolute', () => {
    const { from, to } = rangeOf({ from: 'now-6h', to: 'now' }, 'utc');
    // Both ends are read off the clock, one after the other.
    expect(Math.abs(to.valueOf() - from.valueOf() - 6 * HOUR)).toBeLessThan(1000);
  });
});

describe('moving a range', () => {
  it('shifts it by its own length', () => {
    expect(texts(shifted(range(10 * HOUR, 12 * HOUR), -1))).toEqual([String(8 * HOUR), String(10 * HOUR)]);
    expect(texts(shifted(range(10 * HOUR, 12 * HOUR), 1))).toEqual([String(12 * HOUR), String(14 * HOUR)]);
  });

  it('doubles it around its middle, but not past now', () => {
    expect(texts(zoomedOut(range(10 * HOUR, 12 * HOUR), 100 * HOUR))).toEqual([String(9 * HOUR), String(13 * HOUR)]);
    expect(texts(zoomedOut(range(10 * HOUR, 12 * HOUR), 12 * HOUR))).toEqual([String(8 * HOUR), String(12 * HOUR)]);
  });
});

describe('panelRange', () => {
  const dashboard = range(0, HOUR);

  it('is that of the dashboard unless the panel has its own', () => {
    expect(panelRange(dashboard, null, 'utc')).toBe(dashboard);
    const { from, to } = panelRange(dashboard, '7d', 'utc');
    expect(to.valueOf() - from.valueOf()).toBeGreaterThanOrEqual(7 * 24 * HOUR - 1000);
  });

  it('is that of the dashboard when the panel says nonsense', () => {
    expect(panelRange(dashboard, 'soon', 'utc')).toBe(dashboard);
  });
});

describe('intervalMs', () => {
  it('reads the intervals of the refresh picker', () => {
    expect(['5s', '1m', '2h', '1d', '', 'auto', '5'].map(intervalMs)).toEqual([
      5000,
      60_000,
      2 * HOUR,
      24 * HOUR,
      0,
      0,
      0,
    ]);
  });
});
