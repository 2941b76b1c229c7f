import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '@suuupra/core';
import { importFile } from '@suuupra/importer';
import { afterAll, expect, test } from 'vitest';
import { startCommand, suuupra } from '../command.ts';
import { waitForRow } from './warehouse.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-simulate-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

interface Event {
  readonly event_id: string;
  readonly user_id: string;
  readonly timestamp: string;
  readonly properties: { readonly amount?: number };
}

const readEvents = (file: string): Event[] =>
  fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

/** Rows as ClickHouse writes them in one of its formats. */
async function exportRows(sql: string, format: string): Promise<Buffer> {
  const {
    clickhouseUrl,
    clickhouseDatabase: database,
    clickhouseUser: user,
    clickhousePassword: password,
  } = loadConfig();
  const url = new URL(clickhouseUrl);
  url.search = new URLSearchParams({ database, default_format: format }).toString();
  const headers = { 'X-ClickHouse-User': user, 'X-ClickHouse-Key': password };
  const response = await fetch(url, { method: 'POST', body: sql, headers });
  if (!response.ok) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
}

const WORLD = ['--days', '2', '--until', '2026-03-03T12:00:00Z', '--events-per-day', '3000', '--users', '300'];

test('past days with late and double events are in the warehouse exactly as a dry run writes them, once', async () => {
  const file = path.join(folder, 'events.ndjson');
  const world = [...WORLD, '--seed', randomUUID(), '--chaos', '0.05'];
  expect((await suuupra(['simulate', ...world, '--dry-run', '--out', file])).code).toBe(0);
  const sent = readEvents(file);
  const events = new Map(sent.map((event) => [event.event_id, event]));
  expect(events.size).toBeLessThan(sent.length);
  const users = [...new Set(sent.map((event) => event.user_id))];

  for (let n = 0; n < 2; n++) expect((await suuupra(['simulate', ...world])).code).toBe(0);
  const cents = [...events.values()].reduce((sum, { properties: { amount = 0 } }) => sum + Math.round(amount * 100), 0);
  const timestamps = [...events.values()].map(({ timestamp }) => timestamp).sort();
  await waitForRow(
    `SELECT count() AS events, toString(toInt64(sum(amount) * 100)) AS cents,
       toString(toUnixTimestamp64Milli(min(timestamp))) AS first, toString(toUnixTimestamp64Milli(max(timestamp))) AS last
     FROM unique_events WHERE user_id IN (${users.map((user) => `'${user}'`).join(',')})`,
    {
      events: String(events.size),
      cents: String(cents),
      first: String(Date.parse(timestamps[0] as string)),
      last: String(Date.parse(timestamps.at(-1) as string)),
    },
  );
});

test('what ClickHouse exports as Parquet and as CSV is read back as the same events', async () => {
  const file = path.join(folder, 'exported.ndjson');
  const world = [...WORLD, '--seed', randomUUID()];
  expect((await suuupra(['simulate', ...world, '--dry-run', '--out', file])).code).toBe(0);
  expect((await suuupra(['simulate', ...world])).code).toBe(0);
  const sent = new Map(readEvents(file).map((event) => [event.event_id, event]));
  const users = [...new Set([...sent.values()].map((event) => `'${event.user_id}'`))].join(',');
  const from = `FROM unique_events WHERE user_id IN (${users})`;
  await waitForRow(`SELECT count() AS events ${from}`, { events: String(sent.size) });

  for (const [ending, format] of [
    ['parquet', 'Parquet'],
    ['csv', 'CSVWithNames'],
  ] as const) {
    const exported = path.join(folder, `exported.${ending}`);
    fs.writeFileSync(exported, await exportRows(`SELECT * ${from}`, format));
    const read = new Map<string, unknown>();
    const summary = await importFile({
      file: exported,
      home: folder,
      topic: 'none',
      brokers: [],
      openSink: () =>
        Promise.resolve({
          send: (event) => Promise.resolve(void read.set((event as Event).event_id, event)),
          flush: () => Promise.resolve(),
          stats: () => ({ accepted: read.size, delivered: read.size, failed: 0 }),
        }),
    });
    expect(summary).toMatchObject({ rejected: 0, derivedIds: 0, events: sent.size });
    for (const [id, event] of sent) expect(read.get(id)).toEqual(event);
  }
});

test('live production goes on until it is told to end, and tells what it has sent', async () => {
  const startedAt = new Date().toISOString();
  const child = startCommand(['simulate', '--rate', '20', '--users', '300', '--seed', randomUUID(), '--json']);
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const closed = once(child, 'close');
  try {
    await waitForRow(
      `SELECT toString(count() > 20) AS flows FROM unique_events
     WHERE timestamp > parseDateTime64BestEffort('${startedAt}') AND startsWith(url, 'https://www.reelhouse.example/')`,
      { flows: '1' },
    );
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill('SIGTERM');
  }
  expect(await closed).toEqual([0, null]);
  const summary = JSON.parse(stdout) as { events: number; live: { from: string; until: string }; interrupted: boolean };
  expect(summary.interrupted).toBe(true);
  const seconds = (Date.parse(summary.live.until) - Date.parse(summary.live.from)) / 1000;
  expect(summary.events / seconds).toBeGreaterThan(10);
  expect(summary.events / seconds).toBeLessThan(40);
});
