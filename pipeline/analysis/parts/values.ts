import { value } from '../tree/build.ts';
import type { Value } from '../tree/nodes.ts';

/** A time of a normalised definition (UTC with milliseconds) as a bound value. */
export const timeValue = (name: string, instant: string): Value =>
  value(name, "DateTime64(3, 'UTC')", instant.replace('T', ' ').replace('Z', ''));

/** Seconds of a definition as whole milliseconds. */
export const millisecondsValue = (name: string, seconds: number): Value =>
  value(name, 'Int64', Math.round(seconds * 1000));
