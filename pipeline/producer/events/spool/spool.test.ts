import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeBatch, encodeBatch } from './batch-file.ts';
import { Spool } from './spool.ts';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-spool-'));
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true });
});

const batch = (...keys: string[]) => keys.map((key) => ({ key, value: Buffer.from(`value of ${key}`) }));
const fileOf = (name: string): string => path.join(directory, name);

test('a batch comes back from its bytes, and no bytes that were cut or changed do', () => {
  const messages = fc.array(
    fc.record({ key: fc.string({ unit: 'grapheme' }), value: fc.uint8Array().map((bytes) => Buffer.from(bytes)) }),
  );
  fc.assert(
    fc.property(messages, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, position, change) => {
      const bytes = encodeBatch(written);
      expect(decodeBatch(bytes)).toEqual(written);
      const at = position % bytes.length;
      expect(decodeBatch(bytes.subarray(0, at))).toBeUndefined();
      bytes[at] = (bytes[at] as number) ^ change;
      expect(decodeBatch(bytes)).toBeUndefined();
    }),
  );
});

test('batches come back in their order, also to the next process, and are gone when they were dropped', async () => {
  const first = await Spool.open(directory, 10_000);
  await first.append(batch('a', 'b'));
  await first.append(batch('c'));
  expect(await first.oldest()).toEqual(batch('a', 'b'));
  await first.dropOldest();
  await first.close();

  const next = await Spool.open(directory, 10_000);
  await next.append(batch('d'));
  expect(await next.oldest()).toEqual(batch('c'));
  await next.dropOldest();
  expect(await next.oldest()).toEqual(batch('d'));
  await next.dropOldest();
  expect([await next.oldest(), next.isEmpty, next.bytes]).toEqual([undefined, true, 0]);
  await next.close();
  expect(fs.readdirSync(directory)).toEqual([]);
});

test('a batch that was being written when the process died is deleted, a damaged one is put aside', async () => {
  fs.writeFileSync(fileOf('000000000001.batch.part'), 'SUS');
  fs.writeFileSync(fileOf('000000000002.batch'), 'SUSP damaged');
  const spool = await Spool.open(directory, 10_000);
  await spool.append(batch('a'));
  expect(await spool.oldest()).toEqual(batch('a'));
  await spool.close();
  expect(fs.readdirSync(directory).sort()).toEqual(['000000000002.batch.damaged', '000000000003.batch']);
});

test('more bytes than allowed are refused', async () => {
  const spool = await Spool.open(directory, 100);
  await spool.append(batch('a'));
  await expect(spool.append([{ key: 'b', value: Buffer.alloc(100) }])).rejects.toMatchObject({ code: 'spool_full' });
  expect(await spool.oldest()).toEqual(batch('a'));
  await spool.close();
});

test('a directory has one user at a time; the lock of a dead one is taken over', async () => {
  const spool = await Spool.open(directory, 100);
  await expect(Spool.open(directory, 100)).rejects.toMatchObject({ code: 'spool_in_use' });
  await spool.close();
  const { pid } = spawnSync(process.execPath, ['--version']);
  fs.writeFileSync(fileOf('lock'), String(pid));
  await (await Spool.open(directory, 100)).close();
});
