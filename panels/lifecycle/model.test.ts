import { describe, expect, it } from 'vitest';
import { frameOf, frameOfAnswer } from '../shared/testing/frames.ts';
import { growthOf, readLifecycle, STATES, type Lifecycle } from './model.ts';
import answer from './testing/answer.json';

const DAY = 86_400_000;
const columns = { new: [3, 1], returning: [0, 2], resurrecting: [0, 1], dormant: [0, 4] };

function lifecycleOf(frame = frameOfAnswer(answer)): Lifecycle {
  const reading = readLifecycle([frame]);
  if (reading.kind !== 'lifecycle') throw new Error(reading.kind);
  return reading.lifecycle;
}

describe('readLifecycle', () => {
  it('reads an answer of the backend', () => {
    const { buckets, interval, timeZone } = lifecycleOf();
    expect(buckets.length).toBe(29);
    expect(Object.fromEntries(STATES.map((state, at) => [state, buckets[2]?.values[at]]))).toEqual({
      returning: 400,
      resurrecting: 135,
      new: 230,
      dormant: 374,
    });
    expect([interval, timeZone]).toEqual(['day', 'UTC']);
  });

  it('sorts by time and takes those who left as positive or negative numbers', () => {
    const { buckets } = lifecycleOf(frameOf({ time: [DAY, 0], ...columns, dormant: [-5, 4] }));
    expect(buckets.map(({ start, values }) => [start, values.at(-1)])).toEqual([
      [0, 4],
      [DAY, 5],
    ]);
  });

  it('keeps the row of the frame for data links, also after sorting', () => {
    const { buckets } = lifecycleOf(frameOf({ time: [DAY, 0], ...columns }));
    expect(buckets[0]?.sources[0]?.row).toBe(1);
  });

  it('believes the definition about the interval, and the metadata about completeness', () => {
    const custom = { definition: { analysis: 'lifecycle', interval: 'month' }, complete_until: '1970-01-02T00:00:00Z' };
    expect(lifecycleOf(frameOf({ time: [0, DAY], ...columns }, custom))).toMatchObject({
      interval: 'month',
      completeUntil: DAY,
    });
  });

  it('tells data that is empty from data that is something else', () => {
    expect(readLifecycle([])).toEqual({ kind: 'empty' });
    expect(readLifecycle([frameOf({ time: [], new: [], returning: [], resurrecting: [], dormant: [] })])).toEqual({
      kind: 'empty',
    });
    expect(readLifecycle([frameOf({ time: [1], new: [1] })]).kind).toBe('unfit');
  });
});

it('growth is those who came less those who went', () => {
  expect(lifecycleOf(frameOf({ time: [0, DAY], ...columns })).buckets.map(growthOf)).toEqual([3, -2]);
});
