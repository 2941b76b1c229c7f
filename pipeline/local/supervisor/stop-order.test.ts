import { expect, test } from 'vitest';
import type { Part } from '../parts/part.ts';
import { inStopOrder } from './stop-order.ts';

const item = (name: string, dependsOn: string[], uses: string[] = []): { part: Part } => ({
  part: { name, dependsOn, uses } as unknown as Part,
});

test('stops a part only after all that depend on it or use it', async () => {
  const items = [item('kafka', []), item('clickhouse', [], ['kafka']), item('api', ['clickhouse', 'kafka'])];
  const stopped: string[] = [];
  await inStopOrder(items, async ({ part }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    stopped.push(part.name);
  });
  expect(stopped).toEqual(['api', 'clickhouse', 'kafka']);
});

test('stops independent parts side by side', async () => {
  let running = 0;
  let most = 0;
  await inStopOrder([item('a', []), item('b', [])], async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
  });
  expect(most).toBe(2);
});
