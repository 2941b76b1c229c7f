import { randomInt, randomUUID } from 'node:crypto';
import type { EventRecord } from '@suuupra/contracts';
import { audit } from '@suuupra/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config, eventually, message, schemaId, sendRaw, warehouse, type RawMessage } from './support.ts';

/** What becomes of a message: it is an event, a dead letter of some reason, or an empty one that only the audit sees. */
type Fate = 'event' | 'empty' | 'malformed_message' | 'unknown_schema' | 'contract_violation';

let id: number;
beforeAll(async () => {
  id = await schemaId();
});
afterAll(() => warehouse.close());

const fields =
  (changes: Partial<EventRecord>) =>
  (record: EventRecord): EventRecord => ({ ...record, ...changes });
const properties =
  (changes: Partial<EventRecord['properties']>) =>
  (record: EventRecord): EventRecord => ({ ...record, properties: { ...record.properties, ...changes } });
const extra = (text: string): Buffer => message(id, properties({ extra: text }));
const header = (): Buffer => message(id).subarray(0, 5);

function withSchemaId(other: number): Buffer {
  const changed = message(id);
  changed.writeInt32BE(other, 1);
  return changed;
}

function withInvalidUtf8(): Buffer {
  const changed = message(id, properties({ device: 'QQQQ' }));
  changed[changed.indexOf('QQQQ')] = 0xff;
  return changed;
}

const CORPUS: Record<string, [fate: Fate, value: () => Buffer | null]> = {
  'a good message': ['event', () => message(id)],
  'no content': ['empty', () => Buffer.alloc(0)],
  'a tombstone': ['empty', () => null],
  text: ['malformed_message', () => Buffer.from('this is not Avro')],
  'an event as JSON': ['malformed_message', () => Buffer.from('{"event_id":"1"}')],
  'three bytes': ['malformed_message', () => Buffer.from([0, 0, 0])],
  'nothing but a header': ['malformed_message', header],
  'an unknown schema': ['unknown_schema', () => withSchemaId(999_999)],
  'a truncated message': ['malformed_message', () => message(id).subarray(0, 40)],
  'bytes left over': ['malformed_message', () => Buffer.concat([message(id), Buffer.from([1, 2])])],
  '2 MB of junk': ['malformed_message', () => Buffer.alloc(2 << 20, 7)],
  'a good message of 2 MB': ['event', () => message(id, properties({ url: 'x'.repeat(2 << 20) }))],
  'a length beyond memory': [
    'malformed_message',
    () => Buffer.concat([header(), Buffer.from('feffffffffffffffff01', 'hex')]),
  ],
  'a negative length': ['malformed_message', () => Buffer.concat([header(), Buffer.from('01', 'hex')])],
  'an id that is none': ['contract_violation', () => message(id, fields({ event_id: 'zzz' }))],
  'an id that only looks like one': [
    'contract_violation',
    () => message(id, fields({ user_id: 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz' })),
  ],
  'an empty id': ['contract_violation', () => message(id, fields({ event_id: '' }))],
  'a type with capitals': ['contract_violation', () => message(id, fields({ event_type: 'Page View' }))],
  'an empty type': ['contract_violation', () => message(id, fields({ event_type: '' }))],
  'a type of 101 characters': ['contract_violation', () => message(id, fields({ event_type: 'a'.repeat(101) }))],
  'a time before 1970': ['contract_violation', () => message(id, fields({ timestamp: -1 }))],
  'a time after 2099': ['contract_violation', () => message(id, fields({ timestamp: Date.UTC(2150, 0) }))],
  'a time in microseconds': ['contract_violation', () => message(id, fields({ timestamp: Date.UTC(2026, 0) * 1000 }))],
  'the very first time': ['event', () => message(id, fields({ timestamp: 0 }))],
  'a receipt before 1970': ['contract_violation', () => message(id, fields({ received_at: -5 }))],
  'no number': ['contract_violation', () => message(id, properties({ watch_time_seconds: NaN }))],
  'an infinite number': ['contract_violation', () => message(id, properties({ duration_seconds: Infinity }))],
  'a decimal without bytes': ['malformed_message', () => message(id, properties({ amount: Buffer.alloc(0) }))],
  'a decimal of 20 bytes': ['malformed_message', () => message(id, properties({ amount: Buffer.alloc(20, 17) }))],
  'a decimal of 19 digits': [
    'contract_violation',
    () => message(id, properties({ amount: Buffer.from('7fffffffffffffff', 'hex') })),
  ],
  'text that is not UTF-8': ['contract_violation', withInvalidUtf8],
  'properties that are no JSON': ['contract_violation', () => extra('nope')],
  'properties that are empty text': ['contract_violation', () => extra('')],
  'properties that are a list': ['contract_violation', () => extra('[1]')],
  'a property that is a list': ['contract_violation', () => extra('{"a":[1]}')],
  'a property that is an object': ['contract_violation', () => extra('{"a":{"b":1}}')],
  'a property that comes twice': ['contract_violation', () => extra('{"a":1,"a":2}')],
  'a number beyond double precision': ['contract_violation', () => extra('{"a":1e400}')],
  'a whole number beyond 64 bits': ['contract_violation', () => extra('{"a":18446744073709551616}')],
  'half a character': ['contract_violation', () => extra('{"a":"\\ud83e"}')],
  'the greatest whole number': ['event', () => extra('{"a":18446744073709551615}')],
  'a property that is null': ['event', () => extra('{"a":null}')],
  'braces and brackets in a text': ['event', () => extra('{"a":"[{]}"}')],
  'a thousand properties': [
    'event',
    () => extra(JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${String(n)}`, n])))),
  ],
};

/** Offsets of one partition by what became of them. */
async function fates(first: bigint, count: number): Promise<(Fate | 'nothing')[]> {
  const params = { first: String(first), last: String(first + BigInt(count) - 1n) };
  const rows = await warehouse.rows<{ offset: string; fate: Fate }>(
    `SELECT _offset AS offset, 'event' AS fate FROM events
     WHERE _topic = 'events' AND _partition = 0 AND _offset BETWEEN {first:UInt64} AND {last:UInt64}
     UNION ALL
     SELECT offset, reason FROM dead_letters FINAL
     WHERE topic = 'events' AND partition = 0 AND offset BETWEEN {first:UInt64} AND {last:UInt64}`,
    { params },
  );
  const byOffset = new Map(rows.map(({ offset, fate }) => [BigInt(offset), fate]));
  return Array.from({ length: count }, (_, index) => byOffset.get(first + BigInt(index)) ?? 'nothing');
}

test('every message of a hostile corpus is an event, a dead letter that says why, or accounted for as empty', async () => {
  const names = Object.keys(CORPUS);
  const messages = Object.entries(CORPUS).map(([key, [, value]]): RawMessage => ({ key, value: value() }));
  const first = await sendRaw('events', messages);
  const expected = Object.values(CORPUS).map(([fate]) => (fate === 'empty' ? 'nothing' : fate));
  const got = await eventually(
    () => fates(first, messages.length),
    (found) => found.every((fate, index) => fate === expected[index]),
  );
  expect(Object.fromEntries(names.map((name, index) => [name, got[index]]))).toEqual(
    Object.fromEntries(names.map((name, index) => [name, expected[index]])),
  );

  const report = await audit(config);
  const partition = report.partitions.find((entry) => entry.partition === 0);
  expect(partition?.readUntil).toBeGreaterThanOrEqual(first + BigInt(messages.length));
  expect(partition?.gaps.empty).toBeGreaterThanOrEqual(2n);
  expect(report.lost).toBe(0n);
});

test('a dead letter has the bytes, the place and the key of the message, and says what is wrong', async () => {
  const junk = Buffer.concat([Buffer.from('junk \xff\x00', 'latin1'), Buffer.from(randomUUID())]);
  const key = randomUUID();
  const first = await sendRaw('events', [
    { key, value: junk },
    { key, value: message(id, fields({ event_type: 'Page "View"' })) },
  ]);
  const rows = await eventually(
    () =>
      warehouse.rows<Record<string, string>>(
        `SELECT topic, partition, offset, reason, error, hex(dead_letters.raw) AS raw, raw_form
         FROM dead_letters FINAL WHERE message_key = {key:String} ORDER BY offset`,
        { params: { key } },
      ),
    (found) => found.length === 2,
  );
  expect(rows[0]).toMatchObject({
    topic: 'events',
    partition: '0',
    offset: String(first),
    reason: 'malformed_message',
    raw: junk.toString('hex').toUpperCase(),
    raw_form: 'message',
  });
  expect(rows[0]?.['error']).toContain('Invalid magic byte');
  expect(rows[1]).toMatchObject({
    offset: String(first + 1n),
    reason: 'contract_violation',
    error: 'event_type is "Page \\"View\\"", allowed are 1 to 100 characters of [a-z][a-z0-9_]*',
    raw_form: 'record',
  });
});

test('messages with random bytes changed stop nothing: all are accounted for', async () => {
  const spoiled = Array.from({ length: 3000 }, (): RawMessage => {
    const value = message(id, properties({ device: 'tv', extra: '{"plan":"pro","n":5}', amount: Buffer.from([1, 2]) }));
    for (let changes = randomInt(1, 4); changes > 0; changes--) value[randomInt(5, value.length)] = randomInt(256);
    return { key: 'spoiled', value };
  });
  const first = await sendRaw('events', [...spoiled, { key: 'sentinel', value: message(id) }]);
  const last = first + BigInt(spoiled.length);
  const [sentinel] = await eventually(
    () => fates(last, 1),
    ([fate]) => fate === 'event',
  );
  expect(sentinel).toBe('event');
  // Events of a block are there a moment before its dead letters.
  const found = await eventually(
    () => fates(first, spoiled.length),
    (all) => !all.includes('nothing'),
  );
  expect(found.filter((fate) => fate === 'nothing')).toEqual([]);
  expect((await audit(config)).lost).toBe(0n);
});
