import net from 'node:net';
import { PORT_NAMES, portsFrom } from '@suuupra/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPortOwner, shortenCommand } from './owner.ts';
import { assertPortsFree, planInnerPorts } from './plan.ts';
import { findPortBase, findSparePort, isPortFree, isPortOpen } from './probe.ts';

const server = net.createServer();
let taken: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  taken = (server.address() as net.AddressInfo).port;
});
afterAll(() => {
  server.close();
});

test('a port that something listens on is open and not free', async () => {
  expect(await isPortFree(taken)).toBe(false);
  expect(await isPortOpen(taken)).toBe(true);
});

test('the process that listens on a port is found', async () => {
  expect((await findPortOwner(taken))?.pid).toBe(process.pid);
});

test('taken ports are all named, with the part that needs them and the process that holds them', async () => {
  const free = await findSparePort(new Set());
  const claims = [
    { part: 'kafka', port: taken },
    { part: 'registry', port: free },
  ];
  await expect(assertPortsFree(claims)).rejects.toMatchObject({
    code: 'port_taken',
    message: expect.stringMatching(
      new RegExp(`^port ${String(taken)} for kafka is taken by process ${String(process.pid)} `),
    ) as string,
  });
  await expect(assertPortsFree(claims.slice(1))).resolves.toBeUndefined();
});

test('inner ports are free, differ from each other and from all ports that have a name', async () => {
  const ports = portsFrom(20_000);
  const inner = Object.values(await planInnerPorts(ports));
  expect(new Set([...inner, ...Object.values(ports)]).size).toBe(inner.length + PORT_NAMES.length);
  expect(await Promise.all(inner.map(isPortFree))).toEqual(inner.map(() => true));
});

test('a spare port is searched on from a random start, past those given away', async () => {
  const first = await findSparePort(new Set(), () => 0);
  expect(await findSparePort(new Set([first]), () => 0)).toBeGreaterThan(first);
});

test('a port base has free ports in a row', async () => {
  const base = await findPortBase(8);
  expect(await Promise.all(Array.from({ length: 8 }, (_, index) => isPortFree(base + index)))).not.toContain(false);
});

test('a long command line is shown by its beginning and its end', () => {
  const command = `java ${'-Dx '.repeat(100)}kafka.Kafka kafka.properties`;
  expect(shortenCommand(command)).toMatch(/^java -Dx .* … .*kafka\.Kafka kafka\.properties$/);
  expect(shortenCommand('nginx')).toBe('nginx');
});
