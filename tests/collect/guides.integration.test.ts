import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import type { RunningCollector } from '@suuupra/collector';
import { projectPath } from '@suuupra/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config, openCollector, warehouse } from './support.ts';

const run = promisify(execFile);
const USER = '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001';
let collector: RunningCollector;

beforeAll(async () => {
  collector = await openCollector({ collectorWriteKeys: [] });
});
afterAll(async () => {
  await collector.close();
  await warehouse.close();
});

/** The blocks of a guide in one language, pointed at the collector of this test. */
function blocks(file: string, language: string): string[] {
  const guide = fs.readFileSync(projectPath(file), 'utf8');
  const found = [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))];
  return found.map(([, code = '']) => code.replaceAll('http://127.0.0.1:8090', collector.url));
}

const shell = async (code: string): Promise<string> =>
  (await run('bash', ['-ec', code], { cwd: projectPath('.') })).stdout;
const node = async (code: string): Promise<string> =>
  (await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: projectPath('.') }))
    .stdout;

const isStored = (condition: string): Promise<boolean> =>
  vi.waitUntil(
    async () => {
      const [row] = await warehouse.rows<{ events: string }>(
        `SELECT count() AS events FROM unique_events WHERE user_id = {user:UUID} AND ${condition}`,
        { params: { user: USER } },
      );
      return Number(row?.events) > 0;
    },
    { timeout: 60_000, interval: 300 },
  );

test('the first event of the guide is sent by curl and counted by the query below it', async () => {
  const [curl = '', query = ''] = blocks('docs/collect.md', 'sh');
  expect(JSON.parse(await shell(curl))).toMatchObject({ accepted: 1, refused: 0 });
  await isStored("event_id = '0b0e4f4e-7d0a-4d55-9d0c-3f6f0c6d5a01'");
  expect(config.home).toBe(process.env['SUUUPRA_HOME']); // the command asks the same stack
  expect(await shell(query)).toContain('2026-03-01');
});

test('the example for Node is accepted', async () => {
  const [example = ''] = blocks('docs/collect.md', 'ts');
  expect(await node(example)).toMatch(/^200 \{/);
  await isStored("content_id = 'shoe-42' AND amount = 19.99");
});

test('the example of the producer library delivers its event', async () => {
  const [example = ''] = blocks('pipeline/producer/README.md', 'ts');
  expect(await node(example)).toBe('1\n');
  await isStored("order_id = 'A-1001'");
});
