import { randomUUID } from 'node:crypto';
import { decodeEvent } from '@suuupra/contracts/avro';
import { loadConfig } from '@suuupra/core';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createProducer, exposeProducer, readRanges, withAdmin, type Compression, type Outcome } from '../index.ts';

const config = loadConfig();
const TOPIC = 'events_late';
const EVENTS = 500;

const event = (index: number) => ({
  event_id: randomUUID(),
  event_type: 'producer_test',
  user_id: randomUUID(),
  timestamp: '2026-03-01T09:30:00.125Z',
  properties: { index, text: 'ä'.repeat(100) },
});

test.each<Compression>(['lz4', 'zstd', 'gzip', 'none'])(
  'events sent with %s are stored as they were, and each callback says where',
  async (compression) => {
    const sent = Array.from({ length: EVENTS }, (_, index) => event(index));
    const outcomes: Outcome[] = [];
    const producer = await createProducer(config, { topic: TOPIC, compression, batchEvents: 100 });
    for (const one of sent) await producer.send(one, (outcome) => outcomes.push(outcome));
    await producer.flush();
    const registry = new Registry();
    exposeProducer(registry, producer);
    expect(await registry.metrics()).toContain(`suuupra_producer_events_delivered_total ${String(EVENTS)}`);
    expect(producer.stats()).toMatchObject({
      accepted: EVENTS,
      delivered: EVENTS,
      failed: 0,
      buffered: 0,
      stalled: false,
    });
    await producer.close();

    const places = outcomes.map((outcome) => (outcome.state === 'delivered' ? outcome.delivery : undefined));
    expect(places).toHaveLength(EVENTS);
    const read = new Map<string, string>();
    const partitions = [...new Set(places.map((place) => place?.partition ?? -1))];
    const ranges = partitions.map((partition) => {
      const offsets = places.filter((place) => place?.partition === partition).map((place) => place?.offset ?? -1n);
      const sorted = offsets.toSorted((a, b) => (a < b ? -1 : 1));
      return { partition, from: sorted[0] as bigint, to: sorted.at(-1) as bigint };
    });
    await readRanges(config, TOPIC, ranges, (partition, { offset, value }) => {
      read.set(`${String(partition)} ${offset}`, JSON.stringify(decodeEvent(value as Buffer).properties));
    });
    for (const [index, place] of places.entries())
      expect(read.get(`${String(place?.partition)} ${String(place?.offset)}`)).toBe(
        JSON.stringify(sent[index]?.properties),
      );
  },
);

test('deliverAll takes all events or none', async () => {
  const producer = await createProducer(config, { topic: TOPIC, bufferBytes: 50_000, lingerMs: 200 });
  try {
    const many = Array.from({ length: 100 }, (_, index) => event(index));
    const first = producer.deliverAll(many);
    await expect(producer.deliverAll(many)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await first).toHaveLength(100);
    await expect(producer.deliverAll([event(0), { event_id: 'no' }])).rejects.toMatchObject({ code: 'event_invalid' });
    expect(producer.stats()).toMatchObject({ accepted: 100, delivered: 100, refused: 1 });
  } finally {
    await producer.close();
  }
});

test('a broker that is there answers a ping, a port where nobody listens is unreachable', async () => {
  const producer = await createProducer(config);
  await producer.ping();
  await producer.close();
  const nobody = { ...config, kafkaBrokers: ['127.0.0.1:1'] };
  await expect(withAdmin(nobody, (admin) => admin.listTopics())).rejects.toMatchObject({ code: 'kafka_unreachable' });
  await expect(createProducer(nobody)).rejects.toMatchObject({ code: 'kafka_unreachable' });
});
