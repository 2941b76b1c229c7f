import { once } from 'node:events';
import { PORT_NAMES, portsFrom } from '@suuupra/core';
import { findPortBase } from '@suuupra/local';
import { afterAll, expect, test, vi } from 'vitest';
import { startCommand, suuupra } from '../command.ts';
import { WRITE_KEY, config, event, ownType, post, stored, warehouse } from './support.ts';

/** The stack of the tests by its addresses, so that the collector has a port of its own: the stack may run one, too. */
const base = await findPortBase(PORT_NAMES.length);
const ENVIRONMENT = {
  SUUUPRA_COLLECTOR_WRITE_KEYS: `tests:${WRITE_KEY}`,
  SUUUPRA_KAFKA_BROKERS: config.kafkaBrokers.join(),
  SUUUPRA_REGISTRY_URL: config.registryUrl,
  SUUUPRA_PORT_BASE: String(base),
};
const url = `http://127.0.0.1:${String(portsFrom(base).collector)}`;

afterAll(async () => {
  await warehouse.close();
});

test('a collector that is told to end answers what is under way, loses none of it, and logs no key and no content', async () => {
  const event_type = ownType();
  const collector = startCommand(['collect'], ENVIRONMENT);
  let log = '';
  collector.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(collector, 'exit');
  await vi.waitUntil(
    () =>
      fetch(`${url}/health`).then(
        (answer) => answer.ok,
        () => false,
      ),
    { timeout: 60_000, interval: 200 },
  );

  let accepted = 0;
  const ask = async (): Promise<void> => {
    const secret = { text: 'content-that-is-nobody-elses' };
    const answer = await fetch(`${url}/v1/events?write_key=${WRITE_KEY}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(Array.from({ length: 10 }, () => event({ event_type }, secret))),
    }).catch(() => undefined);
    if (answer?.status === 200) accepted += 10;
  };
  await ask();
  const asking = Array.from({ length: 50 }, ask);
  await new Promise((resolve) => setTimeout(resolve, 10));
  collector.kill('SIGTERM');
  await Promise.all(asking);
  expect(await ended).toEqual([0, null]);

  expect(accepted).toBeGreaterThan(0);
  const rows = await stored(event_type, accepted);
  expect(rows.events).toBe(rows.ids);
  expect(rows.ids).toBeGreaterThanOrEqual(accepted);
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', path: '/v1/events', status: 200 }));
  expect(log).not.toContain(WRITE_KEY);
  expect(log).not.toContain('content-that');
});

test('a collector that others could reach without a key does not start', async () => {
  const result = await suuupra(['collect'], { SUUUPRA_HOST: '0.0.0.0' });
  expect(result.code).toBe(2);
  expect(result.stderr).toContain('SUUUPRA_COLLECTOR_WRITE_KEYS');
});

test('a port that is taken is named', async () => {
  const first = startCommand(['collect'], ENVIRONMENT);
  try {
    await vi.waitUntil(
      () =>
        fetch(`${url}/health`).then(
          (answer) => answer.ok,
          () => false,
        ),
      { timeout: 60_000, interval: 200 },
    );
    const second = await suuupra(['collect'], ENVIRONMENT);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('port_taken')]);
    expect((await post({ url }, event())).status).toBe(200);
  } finally {
    first.kill('SIGTERM');
    await once(first, 'exit');
  }
});
