import { describe, expect, it } from 'vitest';
import { frameOf, frameOfAnswer } from '../shared/testing/frames.ts';
import { highestRate, readRetention, type Retention } from './model.ts';
import answer from './testing/answer.json';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

function retentionOf(frame = frameOfAnswer(answer)): Retention {
  const reading = readRetention([frame]);
  if (reading.kind !== 'retention') throw new Error(reading.kind);
  return reading.retention;
}

describe('readRetention', () => {
  it('reads an answer of the backend as a triangle, oldest cohort first', () => {
    const { periods, cohorts, pooled, unit } = retentionOf();
    expect(periods.map(({ label }) => label)).toEqual(['0', '1', '2', '3']);
    expect(cohorts.map(({ start, size }) => [new Date(start as number).toISOString().slice(0, 10), size])).toEqual([
      ['2026-11-02', 576],
      ['2026-11-09', 449],
      ['2026-11-16', 430],
      ['2026-11-23', 2090],
    ]);
    expect(cohorts.map(({ cells }) => cells.filter((cell) => cell !== undefined).length)).toEqual([4, 3, 2, 1]);
    expect(unit).toBe('week');
    expect(pooled?.size).toBe(3545);
    expect(pooled?.cells[1]).toMatchObject({ count: 850, size: 1455, rate: { value: 0.584192439862543 } });
  });

  it('tells periods that have not ended', () => {
    expect(retentionOf().cohorts[0]?.cells.map((cell) => cell?.isComplete)).toEqual([true, true, true, false]);
  });

  it('names brackets by their days and computes rates that are missing', () => {
    const { periods, cohorts, unit } = retentionOf(
      frameOf({
        cohort: [day('2026-01-01'), day('2026-01-01')],
        size: [10, 10],
        from_day: [8, 1],
        to_day: [14, 7],
        count: [2, 5],
      }),
    );
    expect(periods.map(({ label, isFirst }) => [label, isFirst])).toEqual([
      ['1–7', false],
      ['8–14', false],
    ]);
    expect(cohorts[0]?.cells.map((cell) => cell?.rate.value)).toEqual([0.5, 0.2]);
    expect(cohorts[0]?.cells[0]?.rate.low).toBeCloseTo(0.2366, 4);
    expect(unit).toBe('day');
  });

  it('takes cohorts that are texts', () => {
    const { cohorts } = retentionOf(frameOf({ cohort: ['b', 'a'], size: [1, 1], period: [0, 0], count: [1, 1] }));
    expect(cohorts.map(({ start }) => start)).toEqual(['a', 'b']);
  });

  it('tells data that is empty from data that is something else', () => {
    expect(readRetention([])).toEqual({ kind: 'empty' });
    expect(readRetention([frameOf({ cohort: [], size: [], period: [], count: [] })])).toEqual({ kind: 'empty' });
    expect(readRetention([frameOf({ cohort: [1], size: [1] })]).kind).toBe('unfit');
  });
});

it('the scale of colors ends at the highest rate after period 0 of cohorts that are large enough', () => {
  const retention = retentionOf(
    frameOf({ cohort: ['a', 'a', 'b', 'b'], size: [100, 100, 2, 2], period: [0, 1, 0, 1], count: [100, 40, 2, 2] }),
  );
  expect(highestRate(retention, 20)).toBe(0.4);
  expect(highestRate(retention, 0)).toBe(1);
  expect(highestRate(retention, 1000)).toBe(1);
});
