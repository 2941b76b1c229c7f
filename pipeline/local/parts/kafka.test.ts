import { expect, test } from 'vitest';
import { kafkaProperties } from './kafka.ts';

const properties = new Map(
  kafkaProperties(9092, 20_001, '/data/kafka')
    .trim()
    .split('\n')
    .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
);

test('every listener is on the loopback address', () => {
  expect(properties.get('listeners')).toBe('PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:20001');
  expect(properties.get('advertised.listeners')).toBe('PLAINTEXT://127.0.0.1:9092');
  expect(properties.get('controller.quorum.voters')).toBe('1@127.0.0.1:20001');
});

test('messages of 8 MiB are taken and topics are made only on purpose', () => {
  expect(properties.get('message.max.bytes')).toBe('8388608');
  expect(properties.get('auto.create.topics.enable')).toBe('false');
  expect(properties.get('log.dirs')).toBe('/data/kafka');
});

test('a path with letters beyond ASCII is written as Java reads it', () => {
  expect(kafkaProperties(1, 2, '/Jürgen\\ž')).toContain('log.dirs=/J\\u00fcrgen\\\\\\u017e\n');
});
