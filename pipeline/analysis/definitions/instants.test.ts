import { describe, expect, test } from 'vitest';
import { isInstant, isTimezone, parseInstant } from './instants.ts';

const iso = (text: string, timezone = 'UTC', edge?: 'start' | 'end'): string | undefined => {
  const instant = parseInstant(text, timezone, edge);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('times of definitions', () => {
  test.each([
    ['2025-03-01T12:00:00.000Z', 'UTC', '2025-03-01T12:00:00.000Z'],
    ['2025-03-01T12:00:00.007+05:30', 'UTC', '2025-03-01T06:30:00.007Z'],
    ['2025-03-01T12:00:00.5-08:00', 'Europe/Berlin', '2025-03-01T20:00:00.500Z'],
    ['2025-03-01', 'UTC', '2025-03-01T00:00:00.000Z'],
    ['2025-03-01', 'Europe/Berlin', '2025-02-28T23:00:00.000Z'],
    ['2025-07-01 08:15', 'America/New_York', '2025-07-01T12:15:00.000Z'],
    // Twice on that night: the first of both. Never on that night: as far behind the gap as it would be.
    ['2025-10-26T02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
    ['2025-03-30T02:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
  ])('%s in %s is %s', (text, timezone, expected) => {
    expect(iso(text, timezone)).toBe(expected);
  });

  test('a bare day ends with its last millisecond, also when it has 23 hours', () => {
    expect(iso('2025-03-30', 'Europe/Berlin', 'end')).toBe('2025-03-30T21:59:59.999Z');
  });

  test.each([
    'yesterday',
    '2025-02-29',
    '2025-13-01',
    '2025-01-01T24:00:00Z',
    '2025-01-01T10:00:00.0001Z',
    '1969-12-31',
    '',
  ])('%j is no time', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  test.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['europe/berlin', false],
    ['Mars/Olympus', false],
    ["UTC'; DROP TABLE events", false],
  ])('timezone %s is known: %s', (name, known) => {
    expect(isTimezone(name)).toBe(known);
  });
});
