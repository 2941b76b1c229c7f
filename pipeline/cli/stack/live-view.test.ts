import type { PartSnapshot, StackSnapshot } from '@suuupra/local';
import { expect, test } from 'vitest';
import { LineView } from './live-view.ts';
import { stackPicture } from './picture.ts';

const part = (change: Partial<PartSnapshot>): PartSnapshot => ({
  name: 'kafka',
  summary: 'Kafka broker',
  state: 'ready',
  port: 9092,
  pid: 42,
  memoryBytes: 300 * 2 ** 20,
  restarts: 0,
  lastFailure: null,
  readySince: null,
  ...change,
});

const snapshot = (change: Partial<StackSnapshot>): StackSnapshot => ({
  state: 'ready',
  home: '/home',
  pid: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  parts: [part({})],
  steps: [],
  seconds: 12.34,
  ...change,
});

test('without a terminal every event is one line, said once', () => {
  const lines: string[] = [];
  const view = new LineView((line) => lines.push(line));
  const done = { name: 'kafka', state: 'done', seconds: 3.21, error: null } as const;
  view.update(snapshot({ state: 'starting', steps: [{ ...done, state: 'running' }] }));
  view.update(snapshot({ state: 'starting', steps: [done] }));
  view.update(snapshot({ steps: [done] }));
  view.update(snapshot({ parts: [part({ state: 'restarting', restarts: 1, lastFailure: 'signal SIGKILL' })] }));
  view.update(snapshot({ parts: [part({ restarts: 1 })] }));
  view.update(snapshot({ parts: [part({ restarts: 1 })] }));
  expect(lines).toEqual([
    'kafka: done (3.2 s)',
    'stack: ready',
    'kafka: restarting: signal SIGKILL',
    'kafka: ready again (restarts: 1)',
  ]);
});

test('the picture shows port, process, memory and restarts of a part', () => {
  const picture = stackPicture(snapshot({ parts: [part({ restarts: 2, lastFailure: 'exit code 1' })] }));
  expect(picture).toMatch(/kafka +\S*ready\S* +9092 +42 +300 MB +2 +.*exit code 1/);
  expect(picture).toContain('ready after 12.3 s');
});
