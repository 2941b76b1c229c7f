import type { Writable } from 'node:stream';

/**
 * Waits until a stream takes more, or is closed.
 * @param patience milliseconds after which the stream is given up and destroyed
 */
export function drained(stream: Writable, patience?: number): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = patience === undefined ? undefined : setTimeout(() => stream.destroy(), patience);
    const done = (): void => {
      clearTimeout(giveUp);
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
    if (stream.destroyed) done();
  });
}
