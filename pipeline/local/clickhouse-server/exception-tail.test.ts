import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compressTail } from './exception-tail.ts';

const tail = Buffer.from('\r\n__exception__\r\n…');

describe('compressTail', () => {
  it('leaves a plain tail as it is', () => {
    expect(compressTail(tail, undefined)).toBe(tail);
  });

  it('makes another gzip member, which decoders read on into', () => {
    const whole = Buffer.concat([zlib.gzipSync('rows'), compressTail(tail, 'gzip')]);
    expect(zlib.gunzipSync(whole)).toEqual(Buffer.concat([Buffer.from('rows'), tail]));
  });

  it('makes a zstd frame of one raw block (RFC 8878)', () => {
    const frame = compressTail(tail, 'zstd');
    expect(frame.subarray(0, 5).toString('hex')).toBe('28b52ffda0');
    expect(frame.readUInt32LE(5)).toBe(tail.length);
    expect(frame.readUIntLE(9, 3)).toBe(tail.length * 8 + 1);
    expect(frame.subarray(12)).toEqual(tail);
  });

  it('has none for codecs that end for good', () => {
    expect(compressTail(tail, 'br')).toHaveLength(0);
  });
});
