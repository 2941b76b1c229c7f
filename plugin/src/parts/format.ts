import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';

/** A count with its thousands apart. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export const share = (value: number): string =>
  `${(100 * value).toLocaleString('en-US', { maximumFractionDigits: value < 0.1 ? 1 : 0 })} %`;

/** An instant to the second, in the zone of the reader. */
export const instant = (milliseconds: number): string => dateTimeFormat(milliseconds);

export const ago = (milliseconds: number): string => dateTimeFormatTimeAgo(milliseconds);

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A time span in its largest whole unit. */
export function span(seconds: number): string {
  const [name, size] = UNITS.find(([, length]) => seconds >= length) ?? ['second', 1];
  const number = Math.round(seconds / size);
  return `${String(number)} ${name}${number === 1 ? '' : 's'}`;
}
