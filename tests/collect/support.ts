import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createWarehouse } from '@suuupra/clickhouse';
import { startCollector, type RunningCollector } from '@suuupra/collector';
import { loadConfig, type Config } from '@suuupra/core';
import { stackStatus } from '@suuupra/local';
import { vi } from 'vitest';
import { event } from '../event.ts';

export { event };

export const config = loadConfig();
export const warehouse = createWarehouse(config);
export const WRITE_KEY = 'a-write-key-for-tests';

/** An event type of its own, by which a test finds its rows. */
export const ownType = (): string => `test_${randomUUID().replaceAll('-', '')}`;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A collector in this process, on a port of its own. */
export async function openCollector(settings: Partial<Config> = {}): Promise<RunningCollector> {
  return await startCollector({
    ...config,
    logLevel: 'silent',
    ports: { ...config.ports, collector: await freePort() },
    collectorWriteKeys: [{ name: 'tests', key: WRITE_KEY }],
    ...settings,
  });
}

/** Sends a body as JSON. */
export const post = async (
  collector: Pick<RunningCollector, 'url'>,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  await fetch(`${collector.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-write-key': WRITE_KEY, ...headers },
    body: body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body),
  });

/** How many rows, and how many different ids, the warehouse shows of a type, once they are as many as expected. */
export async function stored(type: string, expected: number): Promise<{ events: number; ids: number }> {
  const ask = async (): Promise<{ events: number; ids: number }> => {
    const [row] = await warehouse.rows<{ events: string; ids: string }>(
      'SELECT count() AS events, uniqExact(event_id) AS ids FROM unique_events WHERE event_type = {type:String}',
      { params: { type } },
    );
    return { events: Number(row?.events), ids: Number(row?.ids) };
  };
  await vi.waitUntil(async () => (await ask()).ids >= expected, { timeout: 60_000, interval: 300 });
  return await ask();
}

/** The process of a part of the stack; one on its way back is waited for. */
export const processOf = (name: string): Promise<number> =>
  vi.waitUntil(async () => (await stackStatus(config.home))?.parts.find((part) => part.name === name)?.pid, {
    timeout: 60_000,
    interval: 200,
  });
