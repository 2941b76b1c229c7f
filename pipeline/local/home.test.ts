import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '@suuupra/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { homePaths, prepareHome } from './home.ts';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-home-'));
});
afterEach(() => {
  fs.rmSync(directory, { recursive: true });
});

const refused = expect.objectContaining({ code: 'config_invalid' }) as Error;

test('an empty directory becomes a home, twice without harm', () => {
  const paths = homePaths(path.join(directory, 'new'));
  prepareHome(paths);
  prepareHome(paths);
  expect(fs.readdirSync(paths.home).sort()).toEqual(['conf', 'data', 'logs', 'run']);
  expect(fs.statSync(paths.run).mode & 0o077).toBe(0);
});

test('a directory that holds something else is refused: reset would delete it', () => {
  fs.writeFileSync(path.join(directory, 'thesis.tex'), '');
  expect(() => {
    prepareHome(homePaths(directory));
  }).toThrow(refused);
});

test.each([os.homedir(), PROJECT_ROOT, path.dirname(PROJECT_ROOT), '/'])('%s is never a home', (home) => {
  expect(() => {
    prepareHome(homePaths(home));
  }).toThrow(refused);
});

test('the socket of a home with a long path lies in a short one, its own for each home', () => {
  const long = path.join(directory, 'x'.repeat(100));
  const { socket } = homePaths(long);
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(socket).not.toBe(homePaths(`${long}y`).socket);
  expect(homePaths('/h').socket).toBe('/h/run/control.sock');
});
