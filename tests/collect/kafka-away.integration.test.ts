import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import type { AnalyticsEvent } from '@suuupra/contracts';
import type { RunningCollector } from '@suuupra/collector';
import { event, openCollector, ownType, post, processOf, stored, warehouse } from './support.ts';

const BATCHES = 120;
const SENDERS = 8;

afterAll(async () => {
  await warehouse.close();
});

/** Sends a batch until it is accepted. Returns the statuses on the way, and whether each refusal said when to return. */
async function insist(collector: RunningCollector, batch: readonly AnalyticsEvent[]): Promise<Response[]> {
  const answers: Response[] = [];
  for (;;) {
    const answer = await post(collector, batch);
    answers.push(answer);
    if (answer.status === 200) return answers;
    await answer.body?.cancel();
    await sleep(300);
  }
}

test('while Kafka is away requests get 503 with Retry-After; sent again, nothing is lost or counted twice', async () => {
  const collector = await openCollector({ collectorTimeoutSeconds: 2 });
  const event_type = ownType();
  const batches = Array.from({ length: BATCHES }, () => Array.from({ length: 10 }, () => event({ event_type })));
  try {
    const work = [...batches];
    const answers: Response[] = [];
    const sender = async (): Promise<void> => {
      for (let batch = work.shift(); batch !== undefined; batch = work.shift()) {
        answers.push(...(await insist(collector, batch)));
        await sleep(20);
      }
    };
    const senders = Array.from({ length: SENDERS }, sender);

    // First the broker is silent, so that nobody knows what it has stored; then it dies and comes back.
    const silent = await processOf('kafka');
    process.kill(silent, 'SIGSTOP');
    await sleep(6_000);
    const health = await fetch(`${collector.url}/health`);
    process.kill(silent, 'SIGCONT');
    await sleep(2_000);
    process.kill(await processOf('kafka'), 'SIGKILL');
    await Promise.all(senders);

    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true);
    expect(health.status).toBe(503);
    expect(await stored(event_type, BATCHES * 10)).toEqual({ events: BATCHES * 10, ids: BATCHES * 10 });
    // Health is what the last look at Kafka saw.
    await vi.waitFor(
      async () => {
        expect((await fetch(`${collector.url}/health`)).status).toBe(200);
      },
      { timeout: 30_000, interval: 500 },
    );
  } finally {
    await collector.close();
  }
});
