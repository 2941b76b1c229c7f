import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import zlib from 'node:zlib';
import { errorMessage } from '@suuupra/core';
import type { Chunks } from './chunks.ts';
import { ClickHouseError, raise } from './errors.ts';

const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
};

/**
 * Reads the body of a request without its compression, one piece at a time. What is not wanted any more is read and
 * forgotten: destroying the stream would destroy the connection, and with it the way for the answer; leaving it would
 * block the connection's next request.
 */
export class BodyReader implements Chunks {
  readonly #message: IncomingMessage;
  readonly #source: Readable;
  #queue: Buffer[] = [];
  #ended = false;
  #failure: ClickHouseError | undefined;
  #discarded = false;
  #wake: (() => void) | undefined;

  /** @throws ClickHouseError 48 for a codec that is not known */
  constructor(message: IncomingMessage, encoding: string | undefined) {
    const create = encoding === undefined ? undefined : DECODERS[encoding];
    if (encoding !== undefined && create === undefined)
      throw raise.notImplemented(
        `Content-Encoding ${encoding} is not supported here. Use gzip, deflate or br; for INSERT with the statement in the URL also zstd, lz4, xz, bz2, snappy`,
      );
    this.#message = message;
    // not pipeline(), which destroys the connection when the decoder fails
    this.#source = create === undefined ? message : message.pipe(create());
    this.#source.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#source.on('end', () => this.#finish());
    message.on('error', () => this.#finish(raise.cancelled()));
    if (this.#source !== message)
      this.#source.on('error', (error) => {
        const text = `The body is not valid ${encoding ?? ''}: ${errorMessage(error)}`;
        this.#finish(new ClickHouseError(354, 'ZLIB_INFLATE_FAILED', text));
      });
    message.on('close', () => {
      if (!message.complete) this.#finish(raise.cancelled()); // the client went away in the middle of its body
    });
  }

  #take(chunk: Buffer): void {
    if (this.#discarded) return;
    this.#queue.push(chunk);
    this.#source.pause();
    this.#wake?.();
  }

  #finish(failure?: ClickHouseError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
  }

  /** @throws ClickHouseError 394 when the client has gone away, 354 for what cannot be decompressed */
  async next(): Promise<Buffer | undefined> {
    while (this.#queue.length === 0 && !this.#ended) {
      this.#source.resume();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const chunk = this.#queue.shift();
    if (chunk === undefined && this.#failure !== undefined) throw this.#failure;
    return chunk;
  }

  /** Reads and forgets the rest. */
  discard(): void {
    this.#discarded = true;
    this.#queue = [];
    this.#message.unpipe();
    this.#message.resume();
  }
}
