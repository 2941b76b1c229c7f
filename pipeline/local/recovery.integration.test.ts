import { randomUUID } from 'node:crypto';
import { createWarehouse } from '@suuupra/clickhouse';
import { loadConfig } from '@suuupra/core';
import { createProducer } from '@suuupra/producer';
import { expect, test, vi } from 'vitest';
import { stackStatus } from './supervisor/control-client.ts';

const config = loadConfig();
const EVENTS = 200_000;
const BATCH = 1000;
/** Each part is killed when this share of the events is sent. */
const KILLS = [
  ['clickhouse', 0.2],
  ['flink-taskmanager', 0.4],
  ['kafka', 0.6],
  ['clickhouse', 0.8],
] as const;

/** Kills a part; one that is still on its way back from its last death is waited for. */
async function kill(name: string): Promise<void> {
  const pid = await vi.waitUntil(
    async () => (await stackStatus(config.home))?.parts.find((part) => part.name === name)?.pid,
    { timeout: 60_000, interval: 200 },
  );
  process.kill(pid, 'SIGKILL');
}

test('every event is there exactly once after ClickHouse, the TaskManager and the broker were killed in mid-flow', async () => {
  const eventType = `recovery_${randomUUID().slice(0, 8)}`;
  const begin = Date.now() - 3_600_000;
  const producer = await createProducer(config);
  try {
    const kills = [...KILLS];
    for (let sent = 0; sent < EVENTS; sent += BATCH) {
      const next = kills[0];
      if (next && sent >= next[1] * EVENTS) {
        kills.shift();
        await kill(next[0]);
      }
      await producer.sendMany(
        Array.from({ length: BATCH }, (_, index) => ({
          event_id: randomUUID(),
          event_type: eventType,
          user_id: randomUUID(),
          timestamp: new Date(begin + sent + index).toISOString(),
          properties: {},
        })),
      );
    }
    await producer.flush();
  } finally {
    await producer.close();
  }

  const warehouse = createWarehouse(config);
  try {
    await vi.waitFor(
      async () => {
        const [row] = await warehouse.rows<{ events: string; users: string }>(
          'SELECT count() AS events, uniqExact(user_id) AS users FROM unique_events WHERE event_type = {type:String}',
          { params: { type: eventType } },
        );
        expect(row).toEqual({ events: String(EVENTS), users: String(EVENTS) });
      },
      { timeout: 120_000, interval: 1000 },
    );
  } finally {
    await warehouse.close();
  }
  await vi.waitFor(
    async () => {
      const states = (await stackStatus(config.home))?.parts.map(({ name, state }) => `${name} ${state}`);
      expect(states?.filter((text) => !text.endsWith(' ready'))).toEqual([]);
    },
    { timeout: 120_000, interval: 1000 },
  );
});
