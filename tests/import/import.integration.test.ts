import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '@suuupra/core';
import { afterAll, expect, test, vi } from 'vitest';
import { startCommand, suuupra } from '../command.ts';
import { CLIQUE_BAIT, isAbsent, WHEN_ABSENT } from './clique-bait.ts';
import { waitForRow } from './warehouse.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-import-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const uniqueType = (): string => `imported_${randomUUID().slice(0, 8)}`;
const ROWS = 80_000;
/** So many rows are equal to another one: their ids hang on their ordinals. */
const EQUAL_GROUP = 5;

/** A file of events without ids, most of them equal to some others, every hundredth broken. */
function writeRows(type: string): { readonly file: string; readonly events: number; readonly broken: number } {
  const file = path.join(folder, `${type}.ndjson`);
  const stream = fs.openSync(file, 'w');
  let broken = 0;
  for (let from = 0; from < ROWS; from += 1000) {
    const lines = Array.from({ length: 1000 }, (_, n) => {
      const row = from + n;
      if (row % 100 === 99) {
        broken += 1;
        return `broken ${String(row)}`;
      }
      const second = Math.floor(row / EQUAL_GROUP);
      const timestamp = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
      return JSON.stringify({
        event_type: type,
        user_id: '9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c',
        timestamp,
        properties: { second },
      });
    });
    fs.writeSync(stream, `${lines.join('\n')}\n`);
  }
  fs.closeSync(stream);
  return { file, events: ROWS - broken, broken };
}

const countOf = (type: string): string =>
  `SELECT count() AS events, uniqExact(event_id) AS ids, toString(sum(properties.second::Float64)) AS seconds FROM unique_events WHERE event_type = '${type}'`;

function expectedOf(events: number): Record<string, string> {
  let seconds = 0;
  for (let row = 0; row < ROWS; row++) if (row % 100 !== 99) seconds += Math.floor(row / EQUAL_GROUP);
  return { events: String(events), ids: String(events), seconds: String(seconds) };
}

/** How far the checkpoint of an import is, in rows. */
function checkpointRow(file: string): number {
  const states = path.join(loadConfig().home, 'imports');
  const name = fs.existsSync(states)
    ? fs.readdirSync(states).find((state) => state.startsWith(path.basename(file)))
    : undefined;
  const note = path.join(states, name ?? '', 'checkpoint.json');
  if (name === undefined || !fs.existsSync(note)) return 0;
  return (JSON.parse(fs.readFileSync(note, 'utf8')) as { position: { row: number } }).position.row;
}

/** Imports until the checkpoint has moved on, then sends a signal. Returns the exit code and what was printed. */
async function interruptImport(file: string, signal: NodeJS.Signals): Promise<{ code: number | null; stdout: string }> {
  const before = checkpointRow(file);
  const child = startCommand(['import', file, '--json']);
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const closed = once(child, 'close');
  await vi.waitUntil(() => checkpointRow(file) > before || child.exitCode !== null, { timeout: 100_000, interval: 5 });
  child.kill(signal);
  const [code] = (await closed) as [number | null];
  return { code, stdout };
}

test('an import that is killed again and again ends with every event once and every refused row once', async () => {
  const type = uniqueType();
  const { file, events, broken } = writeRows(type);
  const rows: number[] = [];
  for (let kill = 0; kill < 2; kill++) {
    const { code } = await interruptImport(file, 'SIGKILL');
    expect(code).toBeNull();
    rows.push(checkpointRow(file));
  }
  expect(rows[0]).toBeGreaterThan(0);
  expect(rows[1]).toBeGreaterThan(rows[0] as number);
  expect(rows[1]).toBeLessThan(ROWS);
  const last = await suuupra(['import', file, '--json']);
  expect(last.code).toBe(3); // some rows were refused
  const summary = JSON.parse(last.stdout) as { resumedAtLine: number; rejectsFile: string };
  expect(summary).toMatchObject({
    complete: true,
    rows: ROWS,
    events,
    rejected: broken,
    resumedAtLine: (rows[1] as number) + 1,
  });
  expect(fs.readFileSync(summary.rejectsFile, 'utf8').trimEnd().split('\n')).toHaveLength(broken);
  await waitForRow(countOf(type), expectedOf(events));
});

test('Ctrl-C ends an import in order, and the same command goes on', async () => {
  const type = uniqueType();
  const { file, events } = writeRows(type);
  const interrupted = await interruptImport(file, 'SIGINT');
  expect(interrupted.code).toBe(130);
  expect(JSON.parse(interrupted.stdout)).toMatchObject({ complete: false });
  const last = await suuupra(['import', file]);
  expect(last.stderr).toContain('going on at line');
  expect(last.stdout).toContain(`${events.toLocaleString('en')} events`);
  await waitForRow(countOf(type), expectedOf(events));
});

test('a file that is imported twice counts once, and a dry run sends nothing', async () => {
  const type = uniqueType();
  const file = path.join(folder, 'events.csv');
  fs.writeFileSync(
    file,
    `event_type,user_id,timestamp,amount\n${`${type},${randomUUID()},2026-01-01T00:00:00.001Z,0.1\n`.repeat(3)}`,
  );
  expect((await suuupra(['import', file, '--dry-run'])).code).toBe(0);
  for (let n = 0; n < 2; n++) expect((await suuupra(['import', file])).code).toBe(0);
  await waitForRow(
    `SELECT count() AS events, toString(sum(amount)) AS amount FROM unique_events WHERE event_type = '${type}'`,
    {
      events: '3',
      amount: '0.3',
    },
  );
});

test.skipIf(isAbsent)(`Clique Bait has its known figures in the warehouse${WHEN_ABSENT}`, async () => {
  expect((await suuupra(['import', CLIQUE_BAIT, '--mapping', 'clique-bait'])).code).toBe(0);
  await waitForRow(
    `SELECT count() AS events, uniqExact(session_id) AS visits, uniqExact(user_id) AS users,
       uniqExact(properties.source_cookie_id) AS cookies, uniqExactIf(session_id, event_type = 'purchase') AS purchasing,
       countIf(event_type = 'page_view' AND content_id = 'Lobster') AS lobster
     FROM unique_events WHERE isNotNull(properties.source_cookie_id)`,
    { events: '32734', visits: '3564', users: '500', cookies: '1782', purchasing: '1777', lobster: '1547' },
  );
});
