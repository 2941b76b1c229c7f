import { expect, test } from 'vitest';
import { canonicalRowId, canonicalizer } from './canonical.ts';

test('the text of a row does not depend on the order of its columns', () => {
  expect(canonicalizer(['b', 'a', 'ä'])(['2', 'x"y', null])).toBe('{"a":"x\\"y","b":"2","ä":null}');
  expect(canonicalizer(['a', 'ä', 'b'])(['x"y', null, '2'])).toBe('{"a":"x\\"y","b":"2","ä":null}');
});

test('objects are written as RFC 8785 has it, at every depth', () => {
  const row = { peach: 1e21, '\u20ac': [{ z: 1, a: true }, null], 'a\n': 0.1, gone: undefined };
  expect(canonicalizer(undefined)(row)).toBe('{"a\\n":0.1,"peach":1e+21,"€":[{"a":true,"z":1},null]}');
});

test('what Parquet knows beyond JSON has a text too', () => {
  const row = [9007199254740993n, new Date(0), new Uint8Array([1, 2])];
  expect(canonicalizer(['n', 't', 'b'])(row)).toBe('{"b":"AQI=","n":9007199254740993,"t":"1970-01-01T00:00:00.000Z"}');
});

test('ids of rows are stored data: they never change', () => {
  const text = '{"cookie_id":"c4ca42","visit_id":"ccf365"}';
  expect(canonicalRowId(text, 1)).toBe('41e07c0c-bfcc-501a-be1e-d008a5bc8804');
  expect(canonicalRowId(text, 2)).toBe('575ab9eb-2c03-5020-a145-b59210814596');
});
