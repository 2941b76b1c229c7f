import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { loadConfig, projectPath } from '@suuupra/core';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, startServer, temporaryDirectory, until, type ServerProcess } from './testing/server-process.ts';

const brokers = [...loadConfig().kafkaBrokers];
const broker = brokers[0] as string;

/** Whether something listens at host:port. */
async function listens(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  const socket = net.connect(Number(port), host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const reachable = await listens(broker);
const reason = reachable ? '' : ` (skipped: no Kafka broker at ${broker})`;

describe.skipIf(!reachable)(`Kafka engine inside the server${reason}`, () => {
  const directory = temporaryDirectory();
  const topic = `clickhouse_server_test_${String(Date.now())}`;
  const configFile = path.join(directory, 'kafka.xml');
  const kafka = new Kafka({ brokers, logLevel: logLevel.ERROR });
  const producer = kafka.producer();
  let server: ServerProcess;
  let sent = 0;

  const start = (): Promise<ServerProcess> =>
    startServer({ directory: path.join(directory, 'data'), args: ['--config-file', configFile] });
  const send = async (count: number): Promise<void> => {
    const messages = Array.from({ length: count }, () => ({ value: JSON.stringify({ id: sent++ }) }));
    await producer.send({ topic, messages });
  };
  const arrived = async (): Promise<boolean> => Number(await ask(server, 'SELECT uniqExact(id) FROM target')) === sent;

  beforeAll(async () => {
    // the settings of the stack, and a fixed name in the group, with which a restarted consumer takes its place back
    const settings = fs.readFileSync(projectPath('deploy/clickhouse/kafka.xml'), 'utf8');
    const member = `<group_instance_id>${topic}</group_instance_id>`;
    fs.writeFileSync(configFile, settings.replace('</kafka>', `${member}</kafka>`));
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
    await admin.disconnect();
    await producer.connect();
    server = await start();
    await ask(server, 'CREATE TABLE target (id UInt32) ENGINE = MergeTree ORDER BY id');
    await ask(
      server,
      `CREATE TABLE source (id UInt32) ENGINE = Kafka SETTINGS kafka_broker_list = '${broker}', kafka_topic_list = '${topic}',
        kafka_group_name = '${topic}', kafka_format = 'JSONEachRow', kafka_flush_interval_ms = 500`,
    );
    await ask(server, 'CREATE MATERIALIZED VIEW source_mv TO target AS SELECT id FROM source');
  });

  afterAll(async () => {
    await server.stop();
    await producer.disconnect();
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  it('consumes while queries run', async () => {
    await send(20_000);
    const queries = Promise.all(
      Array.from({ length: 20 }, () => ask(server, 'SELECT max(sipHash64(number)) FROM numbers(2000000)')),
    );
    expect(await until(arrived, 60_000)).toBe(true);
    await queries;
    expect(await ask(server, 'SELECT count(), max(id) FROM target')).toBe('20000\t19999');
  });

  it('goes on after a stop and after kill -9, losing nothing', async () => {
    await server.stop();
    await send(5_000);
    server = await start();
    expect(await until(arrived, 60_000)).toBe(true);
    await send(5_000);
    await server.stop('SIGKILL');
    await send(5_000);
    server = await start();
    expect(await until(arrived, 60_000)).toBe(true);
  });
});
