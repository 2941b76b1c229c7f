import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestDirectory, parseLock, renderLock, verifyDirectory } from './checksums.ts';
import { ARTIFACT_SETS, lockFile } from './resolve.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-artifacts-'));
  fs.writeFileSync(path.join(directory, 'a.jar'), 'a');
  fs.writeFileSync(path.join(directory, 'b.jar'), 'b');
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true });
});

const lock = new Map([
  ['b.jar', digest('b')],
  ['a.jar', digest('a')],
]);

test('a directory with exactly the pinned files passes', async () => {
  await expect(verifyDirectory(directory, lock)).resolves.toBeUndefined();
});

test.each([
  ['a changed file', () => fs.writeFileSync(path.join(directory, 'a.jar'), 'A'), /a\.jar has SHA-256 [0-9a-f]{64}/],
  ['a missing file', () => fs.rmSync(path.join(directory, 'b.jar')), /b\.jar is missing/],
  ['an added file', () => fs.writeFileSync(path.join(directory, 'c.jar'), 'c'), /c\.jar is not in the lock/],
])('%s is refused by name', async (_name, change, message) => {
  change();
  await expect(verifyDirectory(directory, lock)).rejects.toMatchObject({
    code: 'artifact_invalid',
    message: expect.stringMatching(message) as string,
  });
});

test('a lock that is written reads back the same, in the order of names', async () => {
  const text = renderLock(await digestDirectory(directory));
  expect(text).toBe(`${digest('a')}  a.jar\n${digest('b')}  b.jar\n`);
  expect(parseLock(text)).toEqual(new Map([...lock].sort()));
});

test.each(['abc  a.jar', `${digest('a')} a.jar`, `${digest('a')}  ../a.jar`])(
  'the lock line "%s" is refused',
  (line) => {
    expect(() => parseLock(line)).toThrow(expect.objectContaining({ code: 'artifact_invalid' }));
  },
);

test('the pinned sets of this repository can be read and name what the parts run', () => {
  const names = ARTIFACT_SETS.flatMap((set) => [...parseLock(fs.readFileSync(lockFile(set), 'utf8')).keys()]);
  expect(names).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^kafka_2\.13-4\./),
      expect.stringMatching(/^apicurio-registry-app-2\.6\..*-all\.tar\.gz$/),
      expect.stringMatching(/^flink-sql-gateway-2\.2\./),
      expect.stringMatching(/^flink-sql-avro-confluent-registry-/),
      expect.stringMatching(/^frocksdbjni-/),
    ]),
  );
});
