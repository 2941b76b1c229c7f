import { dateMath, type TimeRange, toUtc } from '@grafana/data';
import type { Parameters } from '../pages/routes.ts';

/** Ranges that pages offer, by how the address says them. */
export const RANGES = {
  'now-24h': '24 hours',
  'now-7d': '7 days',
  'now-28d': '28 days',
  'now-90d': '90 days',
} as const;
const DEFAULT = 'now-28d';

/** `from` of an address, else four weeks ago. */
export const fromOf = ({ from }: Parameters): string => from ?? DEFAULT;

/** The range between two times as Grafana writes them in addresses: `now-7d`, milliseconds or ISO 8601. */
export function rangeOf({
  from = DEFAULT,
  to = 'now',
}: {
  from?: string | undefined;
  to?: string | undefined;
}): TimeRange {
  const parse = (text: string, roundUp: boolean) =>
    dateMath.parse(/^\d{11,}$/.test(text) ? toUtc(Number(text)) : text, roundUp);
  const start = parse(from, false) ?? toUtc(Date.now() - 28 * 86_400_000);
  const end = parse(to, true) ?? toUtc();
  return { from: start, to: end, raw: { from, to } };
}

/** The range between two instants in milliseconds. */
export const between = (from: number, to: number): TimeRange => {
  const [start, end] = [toUtc(from), toUtc(to)];
  return { from: start, to: end, raw: { from: start, to: end } };
};
