import { describe, expect, it } from 'vitest';
import { frameOf, frameOfAnswer } from '../shared/testing/frames.ts';
import { newestSizes, readSegments, segmentLabel, type Segments } from './model.ts';
import answer from './testing/answer.json';

const DAY = 86_400_000;

function segmentsOf(frame = frameOfAnswer(answer)): Segments {
  const reading = readSegments([frame]);
  if (reading.kind !== 'segments') throw new Error(reading.kind);
  return reading.segments;
}

describe('readSegments', () => {
  it('reads an answer of the backend, the most active at the bottom', () => {
    const { names, buckets, interval } = segmentsOf();
    expect(names).toEqual(['power', 'casual', 'new', 'churn_risk']);
    expect([buckets.length, interval]).toEqual([29, 'day']);
    expect(buckets[1]?.values).toEqual([0, 0, 1132, 0]);
  });

  it('takes segments of any name after those of the analysis; a row that is missing is 0', () => {
    const { names, buckets } = segmentsOf(
      frameOf({ time: [0, 0, DAY], segment: ['vip', 'new', 'new'], users: [1, 2, 3] }),
    );
    expect(names).toEqual(['new', 'vip']);
    expect(buckets.map(({ values }) => values)).toEqual([
      [2, 1],
      [3, 0],
    ]);
  });

  it('tells data that is empty from data that is something else', () => {
    expect(readSegments([])).toEqual({ kind: 'empty' });
    expect(readSegments([frameOf({ time: [], segment: [], users: [] })])).toEqual({ kind: 'empty' });
    expect(readSegments([frameOf({ time: [1], users: [1] })]).kind).toBe('unfit');
  });
});

describe('newestSizes', () => {
  it('compares with a week before, where there is one', () => {
    const segments = segmentsOf(
      frameOf({
        time: [0, 0, 7 * DAY, 7 * DAY],
        segment: ['power', 'new', 'power', 'new'],
        users: [10, 0, 15, 5],
      }),
    );
    expect(newestSizes(segments)).toEqual([
      { name: 'power', users: 15, share: 0.75, change: 0.5 },
      { name: 'new', users: 5, share: 0.25, change: null },
    ]);
  });

  it('has no shares without users', () => {
    expect(newestSizes(segmentsOf(frameOf({ time: [0], segment: ['new'], users: [0] })))).toEqual([
      { name: 'new', users: 0, share: null, change: null },
    ]);
  });
});

it('names are written as people write them', () => {
  expect(['churn_risk', 'new', ''].map(segmentLabel)).toEqual(['Churn risk', 'New', '(none)']);
});
