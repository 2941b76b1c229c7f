import fs from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SuuupraError, errorMessage } from '@suuupra/core';

const CHUNK_BYTES = 64 << 10;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Whether a file begins as gzip does, whatever its name is. */
export async function isGzip(file: string): Promise<boolean> {
  const handle = await fs.promises.open(file);
  try {
    const head = Buffer.alloc(GZIP_MAGIC.length);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return bytesRead === head.length && head.equals(GZIP_MAGIC);
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of a file from an offset on, decompressed where it is gzip. A plain file is entered at the offset; a
 * compressed one has to be decompressed up to it.
 * @param offset bytes to leave out, counted after decompression
 * @param onProgress told how many bytes of the file itself are read
 * @throws SuuupraError input_invalid where the compressed data is damaged or ends too early
 */
export async function* readBytes(
  file: string,
  gzip: boolean,
  offset: number,
  onProgress: (done: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const from = gzip ? 0 : offset;
  const raw = fs.createReadStream(file, { start: from, highWaterMark: CHUNK_BYTES });
  const unpacked = gzip ? createGunzip({ chunkSize: CHUNK_BYTES }) : undefined;
  if (unpacked !== undefined) pipeline(raw, unpacked, () => undefined); // a fault ends `unpacked`, and is thrown below
  let toDrop = offset - from;
  try {
    for await (const chunk of (unpacked ?? raw) as AsyncIterable<Buffer>) {
      onProgress(from + raw.bytesRead);
      if (toDrop < chunk.length) yield chunk.subarray(toDrop);
      toDrop = Math.max(0, toDrop - chunk.length);
    }
  } catch (error) {
    if (!gzip) throw error;
    throw new SuuupraError('input_invalid', `${file} is not sound gzip: ${errorMessage(error)}`, {
      hint: 'Check the file with `gzip -t`. What stood before the fault was taken, and counts once when the whole file is imported.',
      cause: error,
    });
  } finally {
    raw.destroy();
  }
}
