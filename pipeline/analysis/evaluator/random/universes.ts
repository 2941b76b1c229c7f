/** Random logs, each with the definitions that are asked of it. */
import fc from 'fast-check';
import type { Event } from '../definition.ts';
import { type Analysis, definitions } from './definitions.ts';
import { experimentLog } from './experiments.ts';
import { denseFunnel } from './funnels.ts';
import { dailyLog, denseLog, log } from './logs.ts';

export type Universe = readonly [events: Event[], asked: object[]];

/** Logs of random events, and definitions of an analysis, `each` of every log. */
export function universesOf(analysis: Analysis, each: number): fc.Arbitrary<Universe> {
  const pair = (events: fc.Arbitrary<Event[]>, definition: fc.Arbitrary<object> = definitions[analysis]) =>
    fc.tuple(events, fc.array(definition, { minLength: each, maxLength: each }));
  if (analysis === 'funnel') return fc.oneof(pair(log), pair(denseLog, denseFunnel));
  if (analysis === 'experiment') return pair(experimentLog);
  if (analysis === 'segments') return fc.oneof(pair(log), pair(dailyLog));
  return pair(log);
}
