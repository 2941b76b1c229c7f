import zlib from 'node:zlib';
import type { Format } from './formats.ts';
import type { ResultEncoding } from './request.ts';

/** Formats that end with what the engine has read; elsewhere the embedded engine does not tell it. */
const FORMATS = new Set(['JSON', 'JSONStrings', 'JSONCompact', 'JSONCompactStrings', 'JSONColumnsWithMetadata']);
const STATISTICS = /"rows_read":\s*(\d+),\s*"bytes_read":\s*(\d+)\s*\}\s*\}\s*$/;
/** The statistics are the last thing of a result and far shorter than this. */
export const TAIL_BYTES = 512;

/**
 * Rows and bytes read, from the end of a result.
 * @param end at least the last TAIL_BYTES of it, or all of it where it is compressed
 */
export function statisticsIn(
  format: Format,
  end: Buffer,
  encoding: ResultEncoding | undefined,
): { readRows: number; readBytes: number } | undefined {
  if (!FORMATS.has(format.name)) return undefined;
  const text = plain(end, encoding);
  const match = STATISTICS.exec(text.toString('latin1', Math.max(0, text.length - TAIL_BYTES)));
  return match === null ? undefined : { readRows: Number(match[1]), readBytes: Number(match[2]) };
}

function plain(end: Buffer, encoding: ResultEncoding | undefined): Buffer {
  if (encoding === undefined) return end;
  try {
    if (encoding === 'gzip') return zlib.gunzipSync(end);
    if (encoding === 'br') return zlib.brotliDecompressSync(end);
  } catch {
    // only the end of it
  }
  return Buffer.alloc(0);
}
