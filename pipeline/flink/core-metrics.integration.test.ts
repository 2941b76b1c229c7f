import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnalyticsEvent } from '@suuupra/contracts';
import { loadConfig, SuuupraError } from '@suuupra/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import { applyJobs, createReconciler, loadJob, waitRunning, type Job } from './index.ts';
import { JOBS_DIRECTORY } from './jobs/source.ts';
import { discard } from './reconcile/verify.ts';
import { committedRecords } from './testing/committed.ts';
import { openEventTopic, testEvent, type EventTopic } from './testing/events.ts';
import { warehouseRows } from './testing/warehouse.ts';

const MINUTE = 60_000;
const MINUTES = 24;
/** Disorder stays below the ten seconds that the job waits. */
const DISORDER_MS = 8_000;
/** The job takes a partition for idle after 30 seconds. */
const IDLE_MS = 34_000;
const KILL_AT = 8;
const LATE_AT = 14;
const UPGRADE_AT = 16;
const ONE_PARTITION_FROM = 19;

/** Minutes of 2001 to 2008 that no run of the last weeks has used: the results of all runs go to one table. */
const START = Date.UTC(2001, 0, 1) + (Math.floor(Date.now() / 1_000) % 4_000_000) * MINUTE;
const NAME = `test_${String(START / MINUTE)}`;

const USERS = Array.from({ length: 40 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
const partitionOf = ({ user_id }: AnalyticsEvent): number => Number(user_id.slice(-1)) % 2;
const TYPES = ['page_view', 'page_view', 'content_view', 'add_to_cart', 'my_own_event'];

let seed = 7;
const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff) / 0x7fff_ffff;
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const event = (at: number): AnalyticsEvent =>
  testEvent({ event_type: pick(TYPES), user_id: pick(USERS), timestamp: new Date(at).toISOString() });
const minuteOf = ({ timestamp }: AnalyticsEvent): number => Math.floor(Date.parse(timestamp) / MINUTE) * MINUTE;

/** What the job must say about some events, computed without it: `minute|metric|dimension` → value. */
function expected(events: readonly AnalyticsEvent[]): Map<string, number> {
  const values = new Map<string, number>();
  const users = new Map<number, Set<string>>();
  const add = (key: string, by: number): void => void values.set(key, (values.get(key) ?? 0) + by);
  for (const one of new Map(events.map((item) => [item.event_id, item])).values()) {
    const minute = minuteOf(one);
    add(`${String(minute)}|page_views_per_minute|`, one.event_type === 'page_view' ? 1 : 0);
    add(`${String(minute)}|content_views_per_minute|`, one.event_type === 'content_view' ? 1 : 0);
    add(`${String(minute)}|events_per_minute|${one.event_type}`, 1);
    users.set(minute, (users.get(minute) ?? new Set()).add(one.user_id));
  }
  for (const [minute, ids] of users) values.set(`${String(minute)}|active_users_per_minute|`, ids.size);
  return values;
}

interface Metric {
  readonly timestamp: number;
  readonly metric_name: string;
  readonly metric_value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}
const keyOf = ({ timestamp, metric_name, dimensions }: Metric): string =>
  `${String(timestamp)}|${metric_name}|${dimensions['event_type'] ?? ''}`;
const inRange = ({ timestamp }: Metric): boolean => timestamp >= START && timestamp < START + MINUTES * MINUTE;

const config = loadConfig();
const reconciler = createReconciler(config);
const topics = { events: NAME };
let topic: EventTopic;
let upgradedFiles: string;

/** The job under test reads a topic of its own and writes where the product's job writes. */
const job = (directory = JOBS_DIRECTORY): Job => loadJob(config, 'core_metrics', { name: NAME, topics, directory });

/** Applies a job once nobody else changes jobs: the stack does while it brings them back after a fault. */
async function apply(wanted: Job): ReturnType<typeof applyJobs> {
  for (;;)
    try {
      return await applyJobs(config, { jobs: [wanted] });
    } catch (error) {
      if (!(error instanceof SuuupraError) || error.code !== 'jobs_locked') throw error;
      await sleep(500);
    }
}

async function stored(): Promise<readonly Metric[]> {
  const rows = await warehouseRows<Omit<Metric, 'timestamp'> & { at: string }>(
    config,
    `SELECT toString(toUnixTimestamp64Milli(timestamp)) AS at, metric_name, metric_value, dimensions
     FROM real_time_metrics FINAL
     WHERE timestamp >= fromUnixTimestamp64Milli(${String(START)})
       AND timestamp < fromUnixTimestamp64Milli(${String(START + MINUTES * MINUTE)})`,
  );
  return rows.map(({ at, ...metric }) => ({ timestamp: Number(at), ...metric }));
}

async function storedUntil(minute: number): Promise<void> {
  for (;;) {
    if ((await stored()).some(({ timestamp }) => timestamp >= minute)) return;
    await sleep(500);
  }
}

async function killTaskManager(): Promise<void> {
  const { stdout } = await suuupra(['status', '--json']);
  const { stack } = JSON.parse(stdout) as { stack: { parts: { name: string; pid: number }[] } };
  const pid = stack.parts.find(({ name }) => name === 'flink-taskmanager')?.pid;
  expect(pid).toBeGreaterThan(1);
  process.kill(pid as number, 'SIGKILL');
}

async function sendMinute(minute: number): Promise<AnalyticsEvent[]> {
  const begin = START + minute * MINUTE;
  const made = Array.from({ length: 30 }, () => event(begin + Math.floor(random() * MINUTE)));
  const events = minute < ONE_PARTITION_FROM ? made : made.filter((one) => partitionOf(one) === 0);
  const arrival = new Map(events.map((one) => [one, Date.parse(one.timestamp) + random() * DISORDER_MS]));
  const ordered = [...events].sort((a, b) => (arrival.get(a) ?? 0) - (arrival.get(b) ?? 0));
  // Some are sent twice, one with its id in capitals: it is the same id.
  const capitals = ordered.slice(3, 4).map((one) => ({ ...one, event_id: one.event_id.toUpperCase() }));
  const all = [...ordered, ...ordered.slice(0, 3), ...capitals];
  for (const partition of [0, 1])
    await topic.send(
      partition,
      all.filter((one) => partitionOf(one) === partition),
    );
  return events;
}

beforeAll(async () => {
  topic = await openEventTopic(config, NAME, 2);
  upgradedFiles = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-jobs-'));
  fs.cpSync(JOBS_DIRECTORY, upgradedFiles, { recursive: true });
  const file = path.join(upgradedFiles, 'core_metrics.sql');
  const text = fs.readFileSync(file, 'utf8');
  // Another plan: the same state, one more number at its end.
  const changed = text
    .replace('@version 1', '@version 2')
    .replace(
      "ROW('active_users_per_minute', users,",
      "ROW('all_events_per_minute', events, STR_TO_MAP('')),\n      $&",
    );
  expect(changed).not.toBe(text);
  fs.writeFileSync(file, changed);
});

afterAll(async () => {
  const running = (await reconciler.cluster.jobs()).find(({ name, state }) => name === NAME && state === 'RUNNING');
  if (running) await discard(reconciler, running.id);
  await topic.close();
  fs.rmSync(upgradedFiles, { recursive: true, force: true });
});

describe('core_metrics', () => {
  it('counts every event once through disorder, repetition, malformed messages, a killed TaskManager and an upgrade', async () => {
    const [submitted] = await apply(job());
    expect(submitted).toMatchObject({ name: NAME, difference: 'new', from: null });
    const sent: AnalyticsEvent[] = [];
    const late: AnalyticsEvent[] = [];
    for (let minute = 0; minute < MINUTES; minute++) {
      sent.push(...(await sendMinute(minute)));
      if (minute % 5 === 2) for (const partition of [0, 1]) await topic.sendMalformed(partition, event(START));
      if (minute === 3) await topic.send(0, [futureEvent()]);
      if (minute === KILL_AT) await killTaskManager();
      if (minute === LATE_AT) {
        await storedUntil(START + (LATE_AT - 2) * MINUTE);
        late.push(...Array.from({ length: 5 }, (_, index) => event(START + index * MINUTE)));
        for (const partition of [0, 1])
          await topic.send(
            partition,
            late.filter((one) => partitionOf(one) === partition),
          );
      }
      if (minute === UPGRADE_AT) {
        const [upgraded] = await apply(job(upgradedFiles));
        expect(upgraded).toMatchObject({ difference: 'changed' });
        expect(upgraded?.from).toContain('savepoint');
      }
      if (minute === ONE_PARTITION_FROM) await sleep(IDLE_MS);
      await sleep(250);
    }
    // The end: time goes on in the partition that is in use; the other one is idle.
    await topic.send(0, [{ ...event(START + (MINUTES + 1) * MINUTE), user_id: USERS[0] as string }]);
    await storedUntil(START + (MINUTES - 1) * MINUTE);
    await sleep(3_000);

    const upgradedTo = (metrics: readonly Metric[]) =>
      metrics.filter(({ metric_name }) => metric_name !== 'all_events_per_minute');
    const wanted = Object.fromEntries(expected(sent));
    const rows = await stored();
    expect(Object.fromEntries(upgradedTo(rows).map((row) => [keyOf(row), row.metric_value]))).toEqual(wanted);
    // The upgraded job says one thing more, from the upgrade on.
    expect(rows.length).toBeGreaterThan(upgradedTo(rows).length);

    const written = (await committedRecords<Metric>(config, 'core_metrics')).filter(inRange);
    expect(upgradedTo(written).map(keyOf).sort()).toEqual(Object.keys(wanted).sort());

    const lateRows = await warehouseRows<{ event_id: string }>(
      config,
      `SELECT event_id FROM late_events FINAL WHERE job = '${NAME}'`,
    );
    expect(lateRows.map(({ event_id }) => event_id).sort()).toEqual(late.map(({ event_id }) => event_id).sort());
  }, 600_000);

  it('changes nothing when it is applied again', async () => {
    const before = (await reconciler.cluster.jobs()).length;
    const [again] = await apply(job(upgradedFiles));
    expect(again).toMatchObject({ difference: 'running' });
    expect(await reconciler.cluster.jobs()).toHaveLength(before);
  });

  it('goes on from the newest checkpoint when the cluster has lost the job', async () => {
    const lost = reconciler.store.record(NAME).run;
    await reconciler.cluster.cancel(lost?.jobId ?? '');
    await sleep(2_000);
    const [back] = await apply(job(upgradedFiles));
    expect(back).toMatchObject({ difference: 'lost' });
    expect(back?.from).toContain(`${lost?.jobId ?? ''}/chk-`);
    await waitRunning(reconciler.cluster, back?.jobId ?? '', { timeoutMs: 60_000 });
  });

  it('refuses a change that would lose state, and lets the running job run on', async () => {
    const broken = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-jobs-'));
    fs.cpSync(upgradedFiles, broken, { recursive: true });
    const file = path.join(broken, 'core_metrics.sql');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      text.replace('COUNT(DISTINCT user_id)', 'COUNT(DISTINCT user_id) + COUNT(DISTINCT content_id)'),
    );
    const running = reconciler.store.record(NAME).run?.jobId ?? '';
    await expect(apply(job(broken))).rejects.toMatchObject({ code: 'flink_upgrade_refused' });
    expect((await reconciler.cluster.job(running)).state).toBe('RUNNING');
    fs.rmSync(broken, { recursive: true });
  });
});

/** Its clock is wrong by years: it must not move time on for everybody else. */
function futureEvent(): AnalyticsEvent {
  return { ...event(Date.now() + 365 * 24 * 60 * MINUTE), user_id: USERS[0] as string };
}
