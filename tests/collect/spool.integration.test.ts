import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createProducer, type Outcome } from '@suuupra/producer';
import { config, event, ownType, processOf, stored, warehouse } from './support.ts';

const EVENTS = 2_000;
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-spool-'));

afterAll(async () => {
  await warehouse.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

test('with a spool events wait on disk while Kafka is away, outlive the process, and arrive once', async () => {
  const event_type = ownType();
  const options = { spool: { directory, afterMs: 500 }, batchEvents: 500 };
  const outcomes: Outcome['state'][] = [];
  const broker = await processOf('kafka');
  const first = await createProducer(config, options);
  process.kill(broker, 'SIGSTOP');
  try {
    for (let index = 0; index < EVENTS; index++)
      await first.send(event({ event_type }), ({ state }) => outcomes.push(state));
    const delivered = first.deliver(event({ event_type }));
    await expect(delivered).rejects.toThrow(/not delivered|Kafka/);
    await first.flush();
    expect(outcomes).toEqual(Array<string>(EVENTS).fill('spooled'));
    expect(first.stats()).toMatchObject({ spooled: EVENTS, failed: 1, delivered: 0 });
    await first.close();
    expect(fs.readdirSync(path.join(directory, 'events')).filter((name) => name.endsWith('.batch'))).not.toEqual([]);
  } finally {
    process.kill(broker, 'SIGCONT');
  }

  const second = await createProducer(config, options);
  try {
    await expect.poll(() => second.stats().spooledBytes, { timeout: 60_000 }).toBe(0);
    await second.send(event({ event_type }));
    await second.flush();
    // The one event that had to be delivered or refused may have been stored although nobody said so.
    const { events, ids } = await stored(event_type, EVENTS + 1);
    expect(events).toBe(ids);
    expect(ids - EVENTS).toBeOneOf([1, 2]);
  } finally {
    await second.close();
  }
  expect(fs.readdirSync(path.join(directory, 'events'))).toEqual([]);
});
