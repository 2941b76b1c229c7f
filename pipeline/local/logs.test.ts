import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow, logFile, tail } from './logs.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-home-'));
  fs.mkdirSync(path.join(home, 'logs'));
  file = path.join(home, 'logs', 'kafka.log');
});
afterEach(() => {
  fs.rmSync(home, { recursive: true });
});

test.each([
  ['a\nb\nc\n', 2, 'b\nc\n'],
  ['a\nb\nc', 2, 'b\nc'],
  ['a\n', 5, 'a\n'],
  ['a\nb\n', 0, ''],
  ['', 3, ''],
])('of %j the last %d lines are %j', async (text, lines, expected) => {
  fs.writeFileSync(file, text);
  expect(await tail(file, lines)).toEqual({ text: expected, end: text.length });
});

test('the last lines of a large file are whole', async () => {
  const all = Array.from({ length: 20_000 }, (_, index) => `line ${String(index)} äöü`);
  fs.writeFileSync(file, `${all.join('\n')}\n`);
  expect((await tail(file, 9000)).text).toBe(`${all.slice(-9000).join('\n')}\n`);
});

test('what is appended is followed, also after the file was emptied', async () => {
  fs.writeFileSync(file, 'old\n');
  const stop = new AbortController();
  let seen = '';
  const following = follow(file, 4, (text) => (seen += text), stop.signal);
  fs.appendFileSync(file, 'new ä\n');
  await vi.waitFor(() => {
    expect(seen).toBe('new ä\n');
  });
  fs.truncateSync(file);
  fs.appendFileSync(file, 'x\n');
  await vi.waitFor(() => {
    expect(seen).toBe('new ä\nx\n');
  });
  stop.abort();
  await following;
});

test('a part without a log is not found, and the hint names those with one', () => {
  fs.writeFileSync(file, '');
  expect(logFile(home, 'kafka')).toBe(file);
  expect(() => logFile(home, 'kafak')).toThrow(
    expect.objectContaining({ code: 'not_found', hint: 'There are logs of kafka.' }),
  );
});
