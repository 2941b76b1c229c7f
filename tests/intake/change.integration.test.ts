import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EVENT_SCHEMA, type KnownProperty } from '@suuupra/contracts';
import { toRecord } from '@suuupra/contracts/avro';
import { audit, replay } from '@suuupra/ledger';
import { PROPERTY_COLUMNS, intakeFiles, migrate } from '@suuupra/migrator';
import { kafkaClient, registerContracts, registryClient } from '@suuupra/producer';
import avro from 'avsc';
import { afterEach, expect, test } from 'vitest';
import { openLane, readFrom, type Lane } from './lane.ts';
import { openRegistryProxy } from './registry-proxy.ts';
import { config, event, eventually } from './support.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
  open.push(() => thing.close());
  return thing;
};

interface Schema {
  fields: { name: string; type: { fields: Record<string, unknown>[] } }[];
}

/** The contract with one optional property more. */
function contractWith(property: string): string {
  const schema = JSON.parse(EVENT_SCHEMA) as Schema;
  const properties = schema.fields.find(({ name }) => name === 'properties');
  properties?.type.fields.unshift({ name: property, type: ['null', 'string'], default: null, doc: 'New.' });
  return JSON.stringify(schema);
}

/** Sends events one batch after the other until it is told to stop. */
class Flow {
  sent = 0;
  readonly #ended: Promise<void>;
  #running = true;
  /** What makes the messages; may be changed while they flow. */
  make: () => Buffer;

  constructor(lane: Lane, make: () => Buffer) {
    this.make = make;
    this.#ended = this.#run(lane);
  }

  async #run({ config, topic }: Lane): Promise<void> {
    const producer = kafkaClient(config, 'flow').producer({ idempotent: true });
    await producer.connect();
    while (this.#running) {
      const messages = Array.from({ length: 500 }, () => ({ key: randomUUID(), value: this.make() }));
      await producer.send({ topic, messages });
      this.sent += messages.length;
      await sleep(20);
    }
    await producer.disconnect();
  }

  /** @returns how many were sent */
  async stop(): Promise<number> {
    this.#running = false;
    await this.#ended;
    return this.sent;
  }
}

function encoder(id: number, schema: string, extra: Record<string, unknown> = {}): () => Buffer {
  const type = avro.Type.forSchema(JSON.parse(schema) as avro.Schema);
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return () => {
    const record = toRecord(event({}, { device: 'tv' }));
    return Buffer.concat([header, type.toBuffer({ ...record, properties: { ...extra, ...record.properties } })]);
  };
}

const arrived = async ({ warehouse }: Lane, columns: string): Promise<Record<string, string>> => {
  const [row] = await warehouse.rows<Record<string, string>>(
    `SELECT count() AS events, uniqExact(event_id) AS ids, (SELECT count() FROM dead_letters) AS dead ${columns}
     FROM events FINAL`,
  );
  return row ?? {};
};

test('a property more reaches the tables while events flow: none is lost, none has a wrong value', async () => {
  const lane = opened(await openLane());
  const subject = `${lane.topic}-value`;
  await migrate(lane.config, { root: lane.sql });
  const before = (await registerContracts(lane.config, { [subject]: EVENT_SCHEMA }))[subject] as number;
  const flow = new Flow(lane, encoder(before, EVENT_SCHEMA));
  await sleep(1_000);

  // What `npm run generate` writes for one property more in the contract.
  const os = {
    name: 'os' as KnownProperty,
    kind: 'text' as const,
    type: 'Nullable(String)',
    decodedType: 'Nullable(String)',
  };
  const migrations = path.join(lane.sql, 'migrations');
  for (const [file, text] of intakeFiles(migrations, [os, ...PROPERTY_COLUMNS])) fs.writeFileSync(file, text);
  readFrom(lane.topic, migrations);
  const { applied } = await migrate(lane.config, { root: lane.sql });
  expect(applied).toEqual([expect.stringMatching(/^\d{4}_intake_os$/)]);

  const after = (await registerContracts(lane.config, { [subject]: contractWith('os') }))[subject] as number;
  expect(after).not.toBe(before);
  const sentBefore = flow.sent;
  const [old, young] = [flow.make, encoder(after, contractWith('os'), { os: 'ios' })];
  let turn = 0;
  let youngSent = 0;
  flow.make = () => {
    turn += 1;
    if (turn % 2 === 0) return old();
    youngSent += 1;
    return young();
  };
  await sleep(1_500);
  const sent = await flow.stop();
  expect(sentBefore).toBeGreaterThan(0);
  expect(youngSent).toBeGreaterThan(0);

  const ask = () =>
    arrived(lane, ", countIf(os = 'ios') AS young, countIf(isNull(os)) AS old, countIf(device = 'tv') AS tv");
  const got = await eventually(ask, ({ events }) => Number(events) >= sent);
  expect(got).toEqual({
    events: String(sent),
    ids: String(sent),
    dead: '0',
    young: String(youngSent),
    old: String(sent - youngSent),
    tv: String(sent),
  });
});

test('every migration applied while events flow loses nothing, wherever it begins', async () => {
  const lane = opened(await openLane());
  const subject = `${lane.topic}-value`;
  const id = (await registerContracts(lane.config, { [subject]: EVENT_SCHEMA }))[subject] as number;
  const migrations = path.join(lane.sql, 'migrations');
  const later = fs.readdirSync(migrations).sort().slice(3);
  const texts = later.map((name) => fs.readFileSync(path.join(migrations, name), 'utf8'));
  const views = path.join(lane.sql, 'views');
  for (const name of later) fs.rmSync(path.join(migrations, name));
  fs.renameSync(views, `${views}-later`);

  await migrate(lane.config, { root: lane.sql });
  const flow = new Flow(lane, encoder(id, EVENT_SCHEMA));
  for (const [index, name] of later.entries()) {
    await sleep(300);
    fs.writeFileSync(path.join(migrations, name), texts[index] as string);
    expect((await migrate(lane.config, { root: lane.sql })).applied).toEqual([name.slice(0, -'.sql'.length)]);
  }
  fs.renameSync(`${views}-later`, views);
  await migrate(lane.config, { root: lane.sql });
  const sent = await flow.stop();

  const got = await eventually(
    () => arrived(lane, ''),
    ({ events }) => Number(events) >= sent,
  );
  expect(got).toEqual({ events: String(sent), ids: String(sent), dead: '0' });
  expect((await audit(lane.config, [lane.topic])).lost).toBe(0n);
});

test('Kafka tables follow the configuration to other addresses without a message lost', async () => {
  const lane = opened(await openLane());
  const subject = `${lane.topic}-value`;
  const id = (await registerContracts(lane.config, { [subject]: EVENT_SCHEMA }))[subject] as number;
  await migrate(lane.config, { root: lane.sql });
  const flow = new Flow(lane, encoder(id, EVENT_SCHEMA));
  for (const host of ['localhost', '127.0.0.1', 'localhost']) {
    await sleep(700);
    const kafkaBrokersInternal = [`${host}:${String(lane.config.ports.kafka)}`];
    const { rebound } = await migrate({ ...lane.config, kafkaBrokersInternal }, { root: lane.sql });
    expect(rebound).toContain('kafka_events');
  }
  const sent = await flow.stop();
  const got = await eventually(
    () => arrived(lane, ''),
    ({ events }) => Number(events) >= sent,
    120,
  );
  expect(got).toEqual({ events: String(sent), ids: String(sent), dead: '0' });
});

test('good messages that came while the registry was away are taken in afterwards, in their place', async () => {
  const proxy = opened(await openRegistryProxy(config.registryUrl));
  const lane = opened(await openLane({ registryUrlInternal: proxy.url }));
  await migrate(lane.config, { root: lane.sql });
  const schema = EVENT_SCHEMA.replace('"doc":"Something that a user did.', `"doc":"${lane.topic}.`);
  const id = await registryClient(lane.config).register(`${lane.topic}-value`, schema);
  proxy.cut = true;
  const make = encoder(id, schema);
  const producer = kafkaClient(lane.config, 'test').producer();
  await producer.connect();
  const send = () => producer.send({ topic: lane.topic, messages: [{ key: 'k', value: make() }] });
  for (let count = 0; count < 5; count++) await send();
  const dead = () =>
    lane.warehouse.rows<{ reason: string; n: string }>(
      'SELECT reason, count() AS n FROM dead_letters FINAL GROUP BY reason',
    );
  // The engine asks the registry again and again before it gives a message up: half a minute where nothing else runs.
  const given = await eventually(dead, ([row]) => row?.n === '5', 120);
  expect(given).toEqual([{ reason: 'registry_unavailable', n: '5' }]);
  expect((await audit(lane.config, [lane.topic])).lost).toBe(0n);

  proxy.cut = false;
  expect(await replay(lane.config, { reason: 'registry_unavailable' })).toEqual({ replayed: 5, left: [] });
  expect(await replay(lane.config, { reason: 'registry_unavailable' })).toEqual({ replayed: 0, left: [] });
  await send();
  await producer.disconnect();
  const got = await eventually(
    () => arrived(lane, ', countIf(_kafka_timestamp > 0) AS placed'),
    ({ events }) => events === '6',
  );
  expect(got).toEqual({ events: '6', ids: '6', dead: '0', placed: '6' });
  expect(await lane.warehouse.rows('SELECT count() AS n FROM dead_letter_replays')).toEqual([{ n: '5' }]);
  expect((await audit(lane.config, [lane.topic])).lost).toBe(0n);
});
