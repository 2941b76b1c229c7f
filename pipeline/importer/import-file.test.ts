import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { validateEvent, type AnalyticsEvent } from '@suuupra/contracts';
import { SuuupraError } from '@suuupra/core';
import fc from 'fast-check';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFile, type ImportOptions, type ImportSummary } from './import-file.ts';
import type { EventSink } from './run/delivery-window.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-import-test-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const write = (name: string, content: string | Buffer): string => {
  const full = path.join(folder, name);
  fs.writeFileSync(full, content);
  return full;
};

/**
 * A broker that stores what it is given only when flushed, up to a number of events: what it was given beyond is lost, as
 * in a process that is killed.
 */
class Store implements EventSink {
  readonly stored: AnalyticsEvent[] = [];
  private taken: AnalyticsEvent[] = [];
  private readonly failAfter: number;
  private readonly lag: number;

  constructor(failAfter = Infinity, lag = 0) {
    this.failAfter = failAfter;
    this.lag = lag;
  }

  send(event: unknown): Promise<void> {
    const checked = validateEvent(event);
    if (!checked.ok)
      return Promise.reject(new SuuupraError('event_invalid', '', { details: { faults: checked.faults } }));
    this.taken.push(checked.event);
    if (this.taken.length >= this.failAfter) return Promise.reject(new SuuupraError('kafka_delivery_failed', 'killed'));
    while (this.stored.length < this.taken.length - this.lag)
      this.stored.push(this.taken[this.stored.length] as AnalyticsEvent);
    return Promise.resolve();
  }

  flush(): Promise<void> {
    if (this.taken.length >= this.failAfter) return Promise.reject(new SuuupraError('kafka_delivery_failed', 'killed'));
    this.stored.push(...this.taken.slice(this.stored.length));
    return Promise.resolve();
  }

  stats(): ReturnType<EventSink['stats']> {
    const { length: delivered } = this.stored;
    const failed = this.taken.length >= this.failAfter ? this.taken.length - delivered : 0;
    return { accepted: this.taken.length, delivered, failed };
  }
}

const run = (file: string, sink: EventSink, more: Partial<ImportOptions> = {}): Promise<ImportSummary> =>
  importFile({
    file,
    home: path.join(folder, 'home'),
    topic: 'events',
    brokers: ['test:1'],
    openSink: () => Promise.resolve(sink),
    ...more,
  });

const USER = '9b2f6f0e-55d1-4a43-8f0e-0d7d3c1a2b4c';
const eventLine = (n: number, more: object = {}): string =>
  JSON.stringify({
    event_type: 'page_view',
    user_id: USER,
    timestamp: `2026-03-01T09:30:00.${String(n).padStart(3, '0')}Z`,
    ...more,
  });

test('NDJSON of events is sent as it is; a missing id is derived, and equal rows are events of their own', async () => {
  const own = '3f1c9a52-7d2e-4c1b-9a40-5be6c2a7d001';
  const store = new Store();
  const file = write('e.ndjson', [eventLine(1, { event_id: own }), eventLine(2), eventLine(2), ''].join('\n'));
  const summary = await run(file, store);
  expect(summary).toMatchObject({ complete: true, rows: 3, events: 3, rejected: 0, derivedIds: 2, rejectsFile: null });
  const ids = store.stored.map(({ event_id: id }) => id);
  expect(ids[0]).toBe(own);
  expect(new Set(ids).size).toBe(3);

  const again = new Store();
  await run(write('renamed.jsonl.gz', gzipSync(fs.readFileSync(file))), again);
  expect(again.stored).toEqual(store.stored);
});

test('bad lines are counted, told and kept with their reasons, and the rest is sent', async () => {
  const long = `{"event_type":"${'x'.repeat(20)}"`;
  const file = write(
    'bad.ndjson',
    Buffer.concat([
      Buffer.from(
        [eventLine(1), 'no json', long, '[1]', eventLine(2, { colour: 'red', properties: { n: [1] } })].join('\n'),
      ),
      Buffer.from([0x0a, 0xff, 0xfe, 0x0a]),
      Buffer.from(eventLine(3)),
    ]),
  );
  const store = new Store();
  const summary = await run(file, store);
  expect(summary).toMatchObject({ complete: true, rows: 7, events: 2, rejected: 5 });
  const kept = fs
    .readFileSync(summary.rejectsFile as string, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(kept).toEqual(summary.rejects);
  expect(kept).toMatchObject([
    { line: 2, raw: 'no json', faults: [{ path: '', allowed: 'a JSON object' }] },
    { line: 3, raw: long },
    { line: 4, raw: '[1]' },
    {
      line: 5,
      faults: [
        { path: 'colour', found: '"red"' },
        { path: 'properties.n', found: '[1]' },
      ],
    },
    { line: 6, raw_base64: '//4=', faults: [{ found: 'bytes that are not UTF-8' }] },
  ]);
  expect(store.stored.map(({ timestamp }) => timestamp.slice(-4))).toEqual(['001Z', '003Z']);
});

test('more refused rows than allowed stop the import, which says where', async () => {
  const file = write('bad.ndjson', ['x', eventLine(1), 'y', eventLine(2)].join('\n'));
  await expect(run(file, new Store(), { maxRejects: 1 })).rejects.toMatchObject({
    code: 'input_invalid',
    message: expect.stringContaining('stopped at line 3') as string,
  });
  expect((await run(file, new Store(), { maxRejects: 2 })).complete).toBe(true);
});

test('an import that failed goes on at its last safe place and stores every event at least once, refused rows once', async () => {
  const lines = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.nat(6).map((n) => eventLine(n)) }, // many equal rows: their ids hang on ordinals
      { weight: 1, arbitrary: fc.constantFrom('broken', '{}', '') },
    ),
    { minLength: 1, maxLength: 18 },
  );
  await fc.assert(
    fc.asyncProperty(
      lines,
      fc.array(fc.nat(12), { maxLength: 4 }),
      fc.nat(5),
      fc.boolean(),
      async (rows, failures, lag, gzip) => {
        fs.rmSync(path.join(folder, 'home'), { recursive: true, force: true });
        // Lines as long as a chunk of the reader, so that there is more than one batch.
        const text = rows.map((row) => (row === '' ? row : row + ' '.repeat(400_000))).join('\n');
        const file = write('rows.ndjson', gzip ? gzipSync(text, { level: 1 }) : text);
        const whole = new Store();
        const expected = await run(file, whole, { restart: true });

        const stored = new Map<string, AnalyticsEvent>();
        const keep = (store: Store): void => {
          for (const event of store.stored) stored.set(event.event_id, event);
        };
        for (const failAfter of failures) {
          const store = new Store(failAfter + 1, lag);
          await run(file, store).catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'kafka_delivery_failed' });
          });
          keep(store);
        }
        const last = new Store();
        const summary = await run(file, last);
        keep(last);
        expect([...stored.keys()].sort()).toEqual(whole.stored.map(({ event_id: id }) => id).sort());
        expect(summary).toMatchObject({ rows: expected.rows, events: expected.events, rejected: expected.rejected });
        if (summary.rejectsFile !== null)
          expect(fs.readFileSync(summary.rejectsFile, 'utf8').trimEnd().split('\n')).toHaveLength(expected.rejected);
        else expect(expected.rejected).toBe(0);
      },
    ),
    { numRuns: 15 },
  );
});

test('an interrupted import keeps its place and goes on from there; a changed file begins anew', async () => {
  const file = write(
    'rows.ndjson',
    Array.from({ length: 20 }, (_, n) => eventLine(n) + ' '.repeat(300_000)).join('\n'),
  );
  const interrupt = new AbortController();
  const first = new Store();
  const stopping: EventSink = {
    flush: () => first.flush(),
    stats: () => first.stats(),
    send: (event) => {
      if (first.stats().accepted === 9) interrupt.abort();
      return first.send(event);
    },
  };
  expect(await run(file, stopping, { signal: interrupt.signal })).toMatchObject({ complete: false, events: 10 });

  const second = new Store();
  const resumed = await run(file, second);
  expect(resumed).toMatchObject({ complete: true, events: 20 });
  expect(resumed.resumedAtLine).toBeGreaterThan(1);
  const ids = [...first.stored, ...second.stored].map(({ event_id: id }) => id);
  expect(new Set(ids).size).toBe(20);
  expect(second.stored.length).toBeLessThan(20);

  const third = new Store();
  expect(await run(file, third, { signal: AbortSignal.abort() })).toMatchObject({ complete: false });
  fs.appendFileSync(file, `\n${eventLine(50)}`);
  const seen: string[] = [];
  const anew = await run(file, new Store(), { onEarlier: ({ kind }) => seen.push(kind) });
  expect([anew.events, anew.resumedAtLine, seen]).toEqual([21, null, ['none']]);
});

test('a dry run sends nothing, leaves no trace and still says everything', async () => {
  const file = write('rows.ndjson', [eventLine(1), 'x', eventLine(1)].join('\n'));
  const summary = await run(file, new Store(), { openSink: undefined });
  expect(summary).toMatchObject({ dryRun: true, events: 2, rejected: 1, rejectsFile: null, rejects: [{ line: 2 }] });
  expect(fs.existsSync(path.join(folder, 'home'))).toBe(false);
});

test('columns with the names of the contract need no mapping, in CSV and in Parquet', async () => {
  const csv = write(
    'events.csv',
    `event_type,user_id,timestamp,device,amount,properties,properties.plan\npurchase,${USER},2026-03-01 09:30:00.125,tv,19.99,"{""trial"":true}",pro\n`,
  );
  const expected = {
    event_type: 'purchase',
    user_id: USER,
    timestamp: '2026-03-01T09:30:00.125Z',
    properties: { trial: true, device: 'tv', amount: 19.99, plan: 'pro' },
  };
  const store = new Store();
  await run(csv, store);
  expect(store.stored).toMatchObject([expected]);

  const parquet = path.join(folder, 'events.parquet');
  parquetWriteFile({
    filename: parquet,
    columnData: [
      { name: 'event_type', data: ['purchase'], type: 'STRING' },
      { name: 'user_id', data: [USER], type: 'STRING' },
      { name: 'timestamp', data: [new Date('2026-03-01T09:30:00.125Z')], type: 'TIMESTAMP' },
      { name: 'device', data: ['tv'], type: 'STRING' },
      { name: 'amount', data: [19.99], type: 'DOUBLE' },
      { name: 'properties', data: [{ trial: true }], type: 'JSON' },
      { name: 'properties.plan', data: ['pro'], type: 'STRING' },
    ],
  });
  const fromParquet = new Store();
  await run(parquet, fromParquet);
  expect(fromParquet.stored).toMatchObject([expected]);
});

test.each([
  ['data.csv', 'a,b\n1,2\n', 'input_invalid', 'columns a, b mean nothing'],
  ['data.csv', 'event_type\nx\n', 'input_invalid', 'user_id, timestamp are needed'],
  ['data.xml', '<a/>', 'usage_invalid', 'ending'],
])('%s with %j is refused before anything is sent', async (name, content, code, reason) => {
  await expect(run(write(name, content), new Store())).rejects.toMatchObject({
    code,
    message: expect.stringContaining(reason) as string,
  });
});

test('a file that does not exist is named', async () => {
  await expect(run(path.join(folder, 'none.csv'), new Store())).rejects.toMatchObject({ code: 'not_found' });
});

test('a file is imported by one at a time; the lock of a process that is gone counts for nothing', async () => {
  const file = write('rows.ndjson', eventLine(1));
  const states = path.join(folder, 'home', 'imports');
  await run(file, new Store(), {
    openSink: async () => {
      await expect(run(file, new Store())).rejects.toMatchObject({ code: 'import_running' });
      const lock = path.join(states, fs.readdirSync(states)[0] as string, 'lock');
      fs.writeFileSync(lock, String(process.ppid));
      await expect(run(file, new Store())).rejects.toMatchObject({
        code: 'import_running',
        message: expect.stringContaining(String(process.ppid)) as string,
      });
      return new Store();
    },
  });
  const NOBODY = 2 ** 22 + 1; // above the largest number of a process
  const interrupted = await run(file, new Store(), { signal: AbortSignal.abort() });
  expect(interrupted.complete).toBe(false);
  fs.mkdirSync(states, { recursive: true });
  for (const state of fs.readdirSync(states)) fs.writeFileSync(path.join(states, state, 'lock'), String(NOBODY));
  expect((await run(file, new Store())).complete).toBe(true);
});
