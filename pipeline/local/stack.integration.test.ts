import fs from 'node:fs';
import { loadConfig } from '@suuupra/core';
import { kafkaClient, withAdmin } from '@suuupra/producer';
import { expect, test, vi } from 'vitest';
import { suuupra } from '../../tests/command.ts';
import { CORE_PART_NAMES } from './parts/catalog.ts';
import { findPortOwner } from './ports/owner.ts';
import { pipelineStatus, type PipelineStatus } from './status/pipeline.ts';
import { stackStatus } from './supervisor/control-client.ts';

const config = loadConfig();

test('every part works and shows its process, memory and port', async () => {
  const stack = await stackStatus(config.home);
  expect(stack?.state).toBe('ready');
  const core = stack?.parts.filter(({ name }) => CORE_PART_NAMES.some((known) => known === name)) ?? [];
  expect(core.map(({ name }) => name)).toEqual(CORE_PART_NAMES);
  for (const part of core) {
    expect(part).toMatchObject({ state: 'ready', pid: expect.any(Number) as number });
    expect(part.memoryBytes).toBeGreaterThan(50 * 2 ** 20);
    if (part.port !== null) expect((await findPortOwner(part.port))?.pid).toBe(part.pid);
  }
});

test('every step of the start has its time', async () => {
  const stack = await stackStatus(config.home);
  const steps = stack?.steps ?? [];
  expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['artifacts', 'kafka', 'topics', 'contracts']));
  expect(steps.every(({ state, seconds }) => state === 'done' && seconds >= 0)).toBe(true);
  expect(stack?.seconds).toBeGreaterThan(Math.max(...steps.map(({ seconds }) => seconds)) - 0.001);
});

test('the registry refuses changes that readers of the old schema could not follow', async () => {
  const response = await fetch(`${config.registryUrl}/config`);
  expect(await response.json()).toMatchObject({ compatibilityLevel: 'BACKWARD' });
});

test('the TaskManager offers slots to Flink', async () => {
  const response = await fetch(`${config.flinkUrl}/overview`);
  const overview = (await response.json()) as Record<string, number>;
  expect(overview['taskmanagers']).toBe(1);
  expect(overview['slots-total']).toBeGreaterThanOrEqual(4);
});

test('the broker takes a message of 7 MB and gives it back unchanged', async () => {
  const topic = `large-${String(process.pid)}`;
  const value = Buffer.alloc(7_000_000, 'x');
  await withAdmin(config, async (admin) => {
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic, numPartitions: 1, configEntries: [{ name: 'max.message.bytes', value: '8388608' }] }],
    });
  });
  const kafka = kafkaClient(config, 'stack-test');
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: topic, maxBytesPerPartition: 8_388_608 });
  try {
    await producer.connect();
    await producer.send({ topic, messages: [{ value }] });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const received = await new Promise<Buffer | null>((resolve, reject) => {
      consumer
        .run({
          eachMessage: ({ message }) => {
            resolve(message.value);
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
    expect(received?.equals(value)).toBe(true);
  } finally {
    await producer.disconnect();
    await consumer.disconnect();
    await withAdmin(config, (admin) => admin.deleteTopics({ topics: [topic] }));
  }
});

test('`status --json` is what `status` knows, and both end with 0 while all parts work', async () => {
  const json = await suuupra(['status', '--json']);
  const status = JSON.parse(json.stdout) as PipelineStatus;
  expect(json.code).toBe(0);
  expect(status.stack?.home).toBe(config.home);
  expect(status.problems).toEqual([]);
  const text = await suuupra(['status']);
  expect(text.code).toBe(0);
  for (const name of CORE_PART_NAMES) expect(text.stdout).toMatch(new RegExp(`^${name} +ready`, 'm'));
});

test('the lag of a group of the pipeline is the number of messages it has not read', async () => {
  const topic = `lag-${String(process.pid)}`;
  const group = `clickhouse_${topic}`;
  const kafka = kafkaClient(config, 'stack-test');
  const producer = kafka.producer();
  await withAdmin(config, (admin) =>
    admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true }),
  );
  try {
    await producer.connect();
    await producer.send({
      topic,
      messages: Array.from({ length: 10 }, (_, index) => ({ value: 'x', partition: index % 2 })),
    });
    await withAdmin(config, (admin) =>
      admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '2' }] }),
    );
    const { lag } = await pipelineStatus(config);
    expect(lag?.find((entry) => entry.group === group)).toMatchObject({ topic, lag: 8 });
  } finally {
    await producer.disconnect();
    await withAdmin(config, async (admin) => {
      await admin.deleteGroups([group]);
      await admin.deleteTopics({ topics: [topic] });
    });
  }
});

test('messages that cannot be read stop nothing and are visible in `status`', async () => {
  const counts = async () => {
    const { warehouse, unaccounted } = await pipelineStatus(config);
    const letters = new Map(warehouse?.deadLetters.map(({ reason, count }) => [reason, count]));
    return {
      malformed: letters.get('malformed_message') ?? 0,
      unknown: letters.get('unknown_schema') ?? 0,
      empty: unaccounted?.find(({ topic }) => topic === 'events')?.count ?? 0,
    };
  };
  const before = await counts();
  const producer = kafkaClient(config, 'stack-test').producer();
  await producer.connect();
  const garbage = [Buffer.from('no avro'), Buffer.alloc(2_000_000, 1)];
  const unknownSchema = Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 2]);
  const empty = [Buffer.alloc(0), null];
  await producer.send({
    topic: 'events',
    messages: [...garbage, unknownSchema, ...empty].map((value) => ({ value, partition: 0 })),
  });
  await producer.disconnect();
  await vi.waitFor(
    async () => {
      expect(await counts()).toEqual({
        malformed: before.malformed + garbage.length,
        unknown: before.unknown + 1,
        empty: before.empty + empty.length,
      });
    },
    { timeout: 60_000, interval: 1000 },
  );
  const { stdout } = await suuupra(['status']);
  expect(stdout).toMatch(/^malformed_message +\d+$/m);
  expect(stdout).toMatch(/read without a trace[^]*^events +\d+$/m);
});

test('`up --detach --with` adds API and collector to the stack that runs, and a second time changes nothing', async () => {
  const up = ['up', '--detach', '--with', 'api,collector'];
  const pids = async (): Promise<(number | null | undefined)[]> => {
    const parts = (await stackStatus(config.home))?.parts ?? [];
    return ['api', 'collector'].map((service) => parts.find(({ name }) => name === service)?.pid);
  };
  expect(await suuupra(up)).toMatchObject({ code: 0, stderr: '' });
  const before = await pids();
  for (const pid of before) expect(pid).toBeGreaterThan(0);
  expect((await fetch(`${config.apiUrl}/openapi.json`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${String(config.ports.collector)}/health`)).status).toBe(200);
  expect((await suuupra(up)).code).toBe(0);
  expect(await pids()).toEqual(before);
});

test('a service that does not exist is refused, and those that do are named', async () => {
  const { code, stderr } = await suuupra(['up', '--detach', '--with', 'apy']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^usage_invalid: .*apy\nhint: .*api, collector, preview, simulator/);
});

test('a second `up` on the same home is refused', async () => {
  const { code, stderr } = await suuupra(['up']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^home_in_use: .*\nhint: /);
});

test('`up` in another home on the same ports names every taken port, its part and its process', async () => {
  const other = `${config.home}-other`;
  const { code, stderr } = await suuupra(['--home', other, 'up', '--detach'], {
    SUUUPRA_PORT_BASE: String(config.portBase ?? ''),
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^port_taken: /);
  for (const name of ['kafka', 'registry', 'flink-jobmanager', 'sql-gateway', 'clickhouse'])
    expect(stderr).toMatch(new RegExp(`port \\d+ for ${name} is taken by process \\d+ \\(`));
  fs.rmSync(other, { recursive: true });
});

test('`logs` prints the last lines of a part and names the parts for one that there is not', async () => {
  const { code, stdout } = await suuupra(['logs', 'supervisor', '-n', '1000']);
  expect(code).toBe(0);
  expect(stdout).toContain('kafka is ready');
  const missing = await suuupra(['logs', 'kafak']);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/not_found: .*\nhint: .*kafka/);
});

test('`reset` does not delete without being told to', async () => {
  const { code, stderr } = await suuupra(['reset']);
  expect(code).toBe(2);
  expect(stderr).toContain('--yes');
  expect((await stackStatus(config.home))?.state).toBe('ready');
});

test('`doctor` finds nothing in the way on a machine where the stack runs', async () => {
  const { code, stdout } = await suuupra(['doctor', '--json']);
  const findings = JSON.parse(stdout) as { name: string; state: string }[];
  expect(findings.filter(({ state }) => state === 'error')).toEqual([]);
  expect(findings.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Node', 'Java', 'Maven', 'Go', 'ports', 'memory']),
  );
  expect(code).toBe(0);
});

test('broker, TaskManager and ClickHouse come back by themselves when they are killed together', async () => {
  const killed = ['kafka', 'flink-taskmanager', 'clickhouse'];
  const before = await stackStatus(config.home);
  const restarts = new Map(before?.parts.map((part) => [part.name, part.restarts]));
  for (const part of before?.parts ?? []) if (killed.includes(part.name)) process.kill(part.pid as number, 'SIGKILL');
  await vi.waitFor(
    async () => {
      const parts = (await stackStatus(config.home))?.parts.filter(({ name }) => killed.includes(name));
      expect(parts).toEqual(
        killed.map((name) =>
          expect.objectContaining({
            name,
            state: 'ready',
            restarts: (restarts.get(name) ?? 0) + 1,
            lastFailure: 'signal SIGKILL',
          }),
        ),
      );
    },
    { timeout: 120_000, interval: 500 },
  );
  const response = await fetch(`${config.clickhouseUrl}/?query=SELECT%201`);
  expect(await response.text()).toBe('1\n');
  const topics = await withAdmin(config, (admin) => admin.listTopics());
  expect(topics).toContain('events');
});

test('the jobs run again after the JobManager, which forgets them, was killed', async () => {
  const running = async (): Promise<string[]> => {
    const response = await fetch(`${config.flinkUrl}/jobs/overview`).catch(() => undefined);
    if (!response?.ok) return [];
    const { jobs } = (await response.json()) as { jobs: { name: string; state: string }[] };
    return jobs
      .filter(({ state }) => state === 'RUNNING')
      .map(({ name }) => name)
      .sort();
  };
  const before = await running();
  expect(before).not.toEqual([]);
  const parts = (await stackStatus(config.home))?.parts ?? [];
  process.kill(parts.find(({ name }) => name === 'flink-jobmanager')?.pid as number, 'SIGKILL');
  await vi.waitFor(
    async () => {
      expect(await running()).toEqual([]);
    },
    { timeout: 10_000, interval: 50 },
  );
  await vi.waitFor(
    async () => {
      expect(await running()).toEqual(before);
    },
    { timeout: 170_000, interval: 500 },
  );
}, 240_000);
