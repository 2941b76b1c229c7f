import { once } from 'node:events';
import fs from 'node:fs';
import { SuuupraError, errorMessage } from '@suuupra/core';
import type { SimulationSink } from '@suuupra/simulator';

export interface FileSink extends SimulationSink {
  close(): Promise<void>;
}

/**
 * Writes events to a file, one JSON object per line.
 * @param file a path, or `-` for standard output
 * @throws SuuupraError input_invalid where the file cannot be written
 */
export async function ndjsonFile(file: string): Promise<FileSink> {
  const stream = file === '-' ? process.stdout : fs.createWriteStream(file);
  if (stream !== process.stdout)
    await once(stream, 'open').catch((error: unknown) => {
      throw new SuuupraError('input_invalid', `The file ${file} cannot be written: ${errorMessage(error)}`, {
        cause: error,
      });
    });
  return {
    async send(event) {
      if (!stream.write(`${JSON.stringify(event)}\n`)) await once(stream, 'drain');
    },
    flush: () =>
      new Promise(
        (resolve) =>
          void stream.write('', () => {
            resolve();
          }),
      ),
    async close() {
      if (stream === process.stdout) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
