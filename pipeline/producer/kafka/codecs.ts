import zstd from '@toondepauw/node-zstd';
import kafkajs from 'kafkajs';
import { compressFrame, decompressFrame } from 'lz4-napi';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** How the messages of a batch are compressed. */
export type Compression = 'lz4' | 'zstd' | 'gzip' | 'none';

export const COMPRESSION_TYPES: Readonly<Record<Compression, number>> = {
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
  gzip: CompressionTypes.GZIP,
  none: CompressionTypes.None,
};

/** The level at which zstd itself begins: higher ones cost far more work than they save. */
const ZSTD_LEVEL = 3;

/**
 * Teaches kafkajs the codecs that it knows as numbers only (gzip is its own). They are registered for the whole process,
 * which kafkajs gives no other way to do.
 */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compressFrame(buffer),
    decompress: (buffer: Buffer) => decompressFrame(buffer),
  });
  const encoder = new zstd.Encoder(ZSTD_LEVEL);
  const decoder = new zstd.Decoder();
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => encoder.encode(buffer),
    decompress: (buffer: Buffer) => decoder.decode(buffer),
  });
}
