import { expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

test.each([
  ['2026-03-01T09:30:00.125Z', '2026-03-01T09:30:00.125Z'],
  ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
  ['2026-03-01T09:30:00.5Z', '2026-03-01T09:30:00.500Z'],
  ['2026-03-01T09:30:00.125000Z', '2026-03-01T09:30:00.125Z'],
  ['2026-03-01T09:30:00.125+00:00', '2026-03-01T09:30:00.125Z'],
  ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
  ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ['2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
])('%s is read without losing a millisecond', (text, canonical) => {
  const millis = parseTimestamp(text);
  expect(millis).toBe(Date.parse(canonical));
  expect(formatTimestamp(millis as number)).toBe(canonical);
});

test.each([
  ['finer than milliseconds', '2026-03-01T09:30:00.1255Z'],
  ['no zone', '2026-03-01T09:30:00.125'],
  ['another zone', '2026-03-01T09:30:00.125+02:00'],
  ['no time', '2026-03-01'],
  ['a space for the T', '2026-03-01 09:30:00.125Z'],
  ['a day that the month does not have', '2025-02-29T00:00:00.000Z'],
  ['hour 24', '2026-03-01T24:00:00.000Z'],
  ['second 60', '2026-03-01T23:59:60.000Z'],
  ['before 1970', '1969-12-31T23:59:59.999Z'],
  ['after 2099', '2100-01-01T00:00:00.000Z'],
  ['digits of another script', '２０２６-03-01T09:30:00.125Z'],
  ['something around it', ' 2026-03-01T09:30:00.125Z'],
  ['milliseconds as text', '1772357400125'],
])('%s is refused: %s', (_what, text) => {
  expect(parseTimestamp(text)).toBeUndefined();
});
