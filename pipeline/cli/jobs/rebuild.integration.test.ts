import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWarehouse } from '@suuupra/clickhouse';
import type { AnalyticsEvent } from '@suuupra/contracts';
import { loadConfig } from '@suuupra/core';
import { createProducer } from '@suuupra/producer';
import { afterAll, expect, it } from 'vitest';
import { suuupra } from '../../../tests/command.ts';

const MINUTE = 60_000;
/** Minutes of the nineties that no run of the last weeks has used. */
const START = Date.UTC(1990, 0, 1) + (Math.floor(Date.now() / 1_000) % 4_000_000) * MINUTE;
const END = START + 3 * MINUTE;

const config = loadConfig();
const warehouse = createWarehouse(config);
afterAll(() => warehouse.close());

const event = (minute: number, event_type: string, user_id: string): AnalyticsEvent => ({
  event_id: randomUUID(),
  event_type,
  user_id,
  session_id: null,
  content_id: null,
  timestamp: new Date(START + minute * MINUTE + 1_500).toISOString(),
  received_at: null,
  properties: {},
});

it('counts in what came too late for the job, and once what was sent twice', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  const twice = event(0, 'page_view', ann);
  const events = [twice, event(0, 'content_view', bob), event(0, 'page_view', bob), event(2, 'my_own_event', ann)];
  const producer = await createProducer(config);
  await Promise.all([...events, twice].map((one) => producer.send(one)));
  await producer.close();
  const range = { from: new Date(START).toISOString(), to: new Date(END).toISOString() };
  const between = `timestamp >= '${range.from.slice(0, -1)}' AND timestamp < '${range.to.slice(0, -1)}'`;
  const arrived = `SELECT count() AS count FROM unique_events WHERE ${between}`;
  while ((await warehouse.rows<{ count: string }>(arrived))[0]?.count !== '4') await sleep(250);

  const { code } = await suuupra(['jobs', 'rebuild', 'core_metrics', '--from', range.from, '--to', range.to]);

  expect(code).toBe(0);
  const rows = await warehouse.rows<{ minute: string; metric_name: string; metric_value: number; type: string }>(
    `SELECT toString(dateDiff('minute', toDateTime64('${range.from.slice(0, -1)}', 3, 'UTC'), timestamp)) AS minute,
            metric_name, metric_value, dimensions['event_type'] AS type
     FROM real_time_metrics FINAL WHERE ${between} ORDER BY ALL`,
  );
  expect(rows.map(({ minute, metric_name, metric_value, type }) => [minute, metric_name, metric_value, type])).toEqual([
    ['0', 'active_users_per_minute', 2, ''],
    ['0', 'content_views_per_minute', 1, ''],
    ['0', 'events_per_minute', 1, 'content_view'],
    ['0', 'events_per_minute', 2, 'page_view'],
    ['0', 'page_views_per_minute', 2, ''],
    ['2', 'active_users_per_minute', 1, ''],
    ['2', 'content_views_per_minute', 0, ''],
    ['2', 'events_per_minute', 1, 'my_own_event'],
    ['2', 'page_views_per_minute', 0, ''],
  ]);
});
