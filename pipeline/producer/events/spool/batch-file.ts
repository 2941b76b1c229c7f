import { crc32 } from 'node:zlib';
import type { Message } from '../buffer.ts';

/**
 * A spooled batch: `SUSP`, version, number of messages, then per message the lengths of key and value and both, and at
 * the end the CRC-32 of all before. Numbers are big-endian and 32 bits long.
 */
const MAGIC = Buffer.from('SUSP\u0001');
const WORD = 4;

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(WORD);
  bytes.writeUInt32BE(value);
  return bytes;
};

export function encodeBatch(messages: readonly Message[]): Buffer {
  const parts = [MAGIC, word(messages.length)];
  for (const { key, value } of messages) {
    const keyBytes = Buffer.from(key);
    parts.push(word(keyBytes.length), word(value.length), keyBytes, value);
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([body, word(crc32(body))]);
}

/** @returns undefined where the bytes are not what `encodeBatch` wrote: a disk that lost some of them */
export function decodeBatch(bytes: Buffer): Message[] | undefined {
  const end = bytes.length - WORD;
  if (end < MAGIC.length + WORD || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) return undefined;
  let at = MAGIC.length;
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  const number = (): number => take(WORD).readUInt32BE();
  return Array.from({ length: number() }, () => {
    const keyLength = number();
    const valueLength = number();
    return { key: take(keyLength).toString(), value: take(valueLength) };
  });
}
