/** The few names and values that random logs and random definitions share, so that they meet often. */
import fc from 'fast-check';
import type { Scalar } from '../definition.ts';

/** Evenings before clocks change in Berlin, Beirut (at midnight), Santiago (at midnight, backwards) and New York. */
export const BASES = [
  '2026-03-28T00:00:00.000Z',
  '2026-04-04T12:00:00.000Z',
  '2026-10-24T22:30:00.000Z',
  '2026-10-31T23:59:59.999Z',
];

export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/Santiago',
  'Asia/Beirut',
];

/** The last two have few events. */
export const USERS = [
  '00000000-0000-4000-8000-00000000000b',
  'ffffffff-0000-4000-8000-00000000000a',
  '0fffffff-ffff-4fff-bfff-ffffffffffff',
  '00000000-0000-4000-8000-00000000000a',
  '7fffffff-ffff-4fff-bfff-000000000000',
];
export const TYPES = ['a', 'b', 'c', 'purchase', 'content_view', 'video_progress'];
export const SESSIONS = ['s1', 's2', '', 'ü\t'];
export const CONTENTS = ['c1', 'C1', '', 'ｆilm 🎬', '￿'];

export const TEXTS = [
  '',
  '1',
  '1.5',
  '10',
  'true',
  'null',
  'ä',
  'Ä',
  '😀',
  '￿',
  "'; DROP TABLE events; --",
  '"quoted"',
  'a\nb',
  'a\tb',
  '\\',
  '%_',
];

/** Values of the same look and of different types. */
export const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constantFrom<Scalar>('1', 1, true, 'true', '', 1.5, '1.5', 9, '10', false, 0, -1),
  fc.constantFrom(...TEXTS),
);

/** A UUID whose halves order differently, since engines do not all compare UUIDs as text. */
export function idOf(index: number): string {
  const hex = (number: number, length: number): string => (number % 16 ** length).toString(16).padStart(length, '0');
  return `${hex(index * 2_654_435_761, 8)}-0000-4000-8000-${hex((index + 1) * 40_503_000_000_007, 12)}`;
}
