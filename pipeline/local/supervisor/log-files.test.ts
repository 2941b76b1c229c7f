import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rotateLogs } from './log-files.ts';

test('a log that has become too large is put aside while its writer goes on writing', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-logs-'));
  const large = path.join(directory, 'kafka.log');
  const writer = fs.openSync(large, 'a');
  fs.ftruncateSync(writer, 33 * 1024 * 1024);
  fs.writeFileSync(path.join(directory, 'registry.log'), 'small\n');
  await rotateLogs(directory);
  fs.writeSync(writer, 'after\n');
  fs.closeSync(writer);
  expect(fs.readFileSync(large, 'utf8')).toBe('after\n');
  expect(fs.statSync(`${large}.1`).size).toBe(33 * 1024 * 1024);
  expect(fs.readdirSync(directory).sort()).toEqual(['kafka.log', 'kafka.log.1', 'registry.log']);
  fs.rmSync(directory, { recursive: true });
});
