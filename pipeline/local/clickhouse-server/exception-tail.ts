import zlib from 'node:zlib';
import type { ResultEncoding } from './request.ts';

const ZSTD_MAGIC = 0xfd2fb528;

/** A frame of Zstandard (RFC 8878) that holds bytes as they are: Node 20 has no zstd. */
function zstdFrame(bytes: Buffer): Buffer {
  const head = Buffer.alloc(4 + 1 + 4 + 3);
  head.writeUInt32LE(ZSTD_MAGIC, 0);
  head.writeUInt8(0b1010_0000, 4); // content size in four bytes, one segment, no checksum, no dictionary
  head.writeUInt32LE(bytes.length, 5);
  head.writeUIntLE((bytes.length << 3) | 1, 9, 3); // size of the block, raw, last
  return Buffer.concat([head, bytes]);
}

/**
 * The end of a compressed result that failed in the middle. The engine closes what it has compressed so far, and gzip
 * and zstd allow another member after it.
 * @returns nothing for codecs without that; the response is then only broken off
 */
export function compressTail(tail: Buffer, encoding: ResultEncoding | undefined): Buffer {
  if (encoding === undefined) return tail;
  if (encoding === 'gzip') return zlib.gzipSync(tail);
  return encoding === 'zstd' ? zstdFrame(tail) : Buffer.alloc(0);
}
