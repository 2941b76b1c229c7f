import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Delivery, Message, Outcome, Pending } from './buffer.ts';
import { withDefaults, type ProducerOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import type { Sender } from './sender.ts';
import { Spool } from './spool/spool.ts';

/** A broker that is there or not. */
class Broker {
  failing = false;
  readonly stored: string[] = [];
  away = false;
  attempts = 0;

  deliver(batch: readonly Message[]): Promise<Delivery[]> {
    this.attempts += 1;
    this.failing = this.away;
    if (this.away) return Promise.reject(new Error('nobody answers'));
    const from = this.stored.length;
    this.stored.push(...batch.map(({ key }) => key));
    return Promise.resolve(batch.map((_, index) => ({ topic: 'events', partition: 0, offset: BigInt(from + index) })));
  }
}

let directory: string;
let broker: Broker;
let outcomes: Record<string, Outcome['state']>;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-outbox-'));
  broker = new Broker();
  outcomes = {};
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true });
});

const outbox = (spool?: Spool, options: ProducerOptions = {}): Outbox =>
  new Outbox(broker as unknown as Sender, spool, withDefaults({ lingerMs: 1, ...options }));
const message = (key: string, mayWait = true): Pending => ({
  key,
  value: Buffer.from(key),
  takenAt: performance.now(),
  settle: ({ state }) => (outcomes[key] = state),
  mayWait,
});

test('without a spool what the broker does not take fails, and each message is told once', async () => {
  const box = outbox();
  broker.away = true;
  box.add(message('a'));
  await box.flush();
  broker.away = false;
  box.add(message('b'));
  await box.flush();
  expect(outcomes).toEqual({ a: 'failed', b: 'delivered' });
  expect(box.count).toMatchObject({ taken: 2, delivered: 1, failed: 1 });
});

test('with a spool messages wait on disk, except those that must be stored now, and go when the broker is back', async () => {
  const spool = await Spool.open(directory, 10_000);
  const box = outbox(spool);
  broker.away = true;
  box.add(message('a'));
  box.add(message('now', false));
  await box.flush();
  box.add(message('b'));
  await box.flush();
  expect(outcomes).toEqual({ a: 'spooled', now: 'failed', b: 'spooled' });
  expect(box.waiting.spooledBytes).toBeGreaterThan(0);

  broker.away = false;
  await vi.waitUntil(() => spool.isEmpty, { timeout: 10_000 });
  expect(broker.stored).toEqual(['a', 'b']);
  box.add(message('c'));
  await box.flush();
  expect(outcomes['c']).toBe('delivered');
  await box.close();
});

test('while the broker is known to be away nothing is tried but the spool, so that batches do not wait in line', async () => {
  const spool = await Spool.open(directory, 1_000_000);
  const box = outbox(spool);
  broker.away = true;
  box.add(message('first'));
  await box.flush();
  await vi.waitUntil(() => broker.attempts >= 2, { timeout: 10_000 });
  const { attempts } = broker;
  for (let index = 0; index < 20; index++) {
    box.add(message(String(index)));
    await box.flush();
  }
  expect(broker.attempts).toBeLessThanOrEqual(attempts + 1);
  await box.close();
});

test('what a full spool does not take fails', async () => {
  const box = outbox(await Spool.open(directory, 60));
  broker.away = true;
  box.add(message('fits'));
  await box.flush();
  box.add(message('does not'));
  await box.flush();
  expect(outcomes).toEqual({ fits: 'spooled', 'does not': 'failed' });
  await box.close();
});

test('messages that an earlier process left on disk are sent', async () => {
  const first = await Spool.open(directory, 10_000);
  await first.append([message('left')]);
  await first.close();
  const spool = await Spool.open(directory, 10_000);
  const box = outbox(spool);
  await vi.waitUntil(() => spool.isEmpty, { timeout: 10_000 });
  expect(broker.stored).toEqual(['left']);
  await box.close();
});
