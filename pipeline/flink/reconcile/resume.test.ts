import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newestCheckpoint } from './resume.ts';

it('takes the newest checkpoint that is complete, by number and not by text', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-checkpoints-'));
  for (const name of ['chk-9', 'chk-10', 'chk-11', 'shared', 'taskowned'])
    fs.mkdirSync(path.join(directory, name), { recursive: true });
  expect(newestCheckpoint(directory)).toBeUndefined();
  for (const name of ['chk-9', 'chk-10']) fs.writeFileSync(path.join(directory, name, '_metadata'), '');
  expect(newestCheckpoint(directory)).toBe('chk-10');
  expect(newestCheckpoint(path.join(directory, 'nothing'))).toBeUndefined();
  fs.rmSync(directory, { recursive: true });
});
