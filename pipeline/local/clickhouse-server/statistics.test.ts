import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { statisticsIn, TAIL_BYTES } from './statistics.ts';

const json = { name: 'JSON', contentType: '' };
const body = Buffer.from(
  '{"data":[{"a":"\\"rows_read\\": 7, \\"bytes_read\\": 8 } }"}],"rows":1,\n"statistics":\n{\n"elapsed": 0.1,\n"rows_read": 1000,\n"bytes_read": 8000\n}\n}\n',
);

describe('statisticsIn', () => {
  it.each([
    ['plain', body, undefined],
    ['gzip', zlib.gzipSync(body), 'gzip'],
    ['br', zlib.brotliCompressSync(body), 'br'],
  ] as const)('finds what was read at the end of a %s result', (_, end, encoding) => {
    expect(statisticsIn(json, end, encoding)).toEqual({ readRows: 1000, readBytes: 8000 });
  });

  it('needs the last bytes only', () => {
    const long = Buffer.concat([Buffer.alloc(100_000, 'x'), body]);
    expect(statisticsIn(json, long.subarray(-TAIL_BYTES), undefined)?.readRows).toBe(1000);
  });

  it.each([
    ['a format without statistics', { name: 'JSONEachRow', contentType: '' }, body, undefined],
    ['a result that only looks so', json, Buffer.from('"rows_read": 1, "bytes_read": 2 } } "'), undefined],
    ['the end of a compressed one', json, zlib.gzipSync(body).subarray(20), 'gzip'],
    ['a codec that Node does not know', json, body, 'zstd'],
  ] as const)('tells nothing of %s', (_, format, end, encoding) => {
    expect(statisticsIn(format, end, encoding)).toBeUndefined();
  });
});
