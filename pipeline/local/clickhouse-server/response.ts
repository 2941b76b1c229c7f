import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { EngineFacts } from './engine.ts';
import { renderError, statusOf, type ClickHouseError } from './errors.ts';
import type { Format } from './formats.ts';

/** What X-ClickHouse-Summary says; rows and bytes that the engine does not tell are 0. */
export interface Summary {
  readonly readRows: number;
  readonly readBytes: number;
  readonly writtenRows: number;
  readonly writtenBytes: number;
  readonly resultRows: number;
  readonly resultBytes: number;
}

export const NO_SUMMARY: Summary = {
  readRows: 0,
  readBytes: 0,
  writtenRows: 0,
  writtenBytes: 0,
  resultRows: 0,
  resultBytes: 0,
};

/** Milliseconds between the end of a failed result and the break of its connection. */
const LINGER = 10_000;

/** Header values are Latin-1 without control characters; a query id may be anything. */
const headerSafe = (text: string): string => text.replace(/[^\t\x20-\x7e]/g, '?');

/** A response in the making: the headers of ClickHouse, and errors before and after the first byte. */
export class Reply {
  readonly response: ServerResponse;
  readonly #facts: EngineFacts;
  readonly #queryId: string;
  readonly #began = process.hrtime.bigint();
  /** Stands around an exception in the middle of a result; random, so that no result can contain it. */
  readonly #tag = randomBytes(8).toString('hex');

  constructor(response: ServerResponse, facts: EngineFacts, queryId: string) {
    this.response = response;
    this.#facts = facts;
    this.#queryId = queryId;
  }

  get started(): boolean {
    return this.response.headersSent;
  }

  summary(summary: Summary): string {
    return JSON.stringify({
      read_rows: String(summary.readRows),
      read_bytes: String(summary.readBytes),
      written_rows: String(summary.writtenRows),
      written_bytes: String(summary.writtenBytes),
      total_rows_to_read: '0',
      result_rows: String(summary.resultRows),
      result_bytes: String(summary.resultBytes),
      elapsed_ns: String(process.hrtime.bigint() - this.#began),
    });
  }

  #headers(): Record<string, string> {
    return {
      'X-ClickHouse-Server-Display-Name': headerSafe(this.#facts.displayName),
      'X-ClickHouse-Query-Id': headerSafe(this.#queryId),
      'X-ClickHouse-Timezone': this.#facts.timezone,
      'X-ClickHouse-Exception-Tag': this.#tag,
    };
  }

  /** Sends the head of a successful response. */
  head(format: Format | undefined, extra: Record<string, string>): void {
    this.response.writeHead(200, {
      ...this.#headers(),
      ...(format === undefined ? {} : { 'X-ClickHouse-Format': format.name }),
      'Content-Type': format?.contentType || 'text/plain; charset=UTF-8',
      ...extra,
    });
  }

  /** Sends a whole successful response. */
  whole(format: Format | undefined, body: Uint8Array, summary: Summary, extra: Record<string, string> = {}): void {
    if (this.response.destroyed) return;
    this.head(format, {
      'X-ClickHouse-Summary': this.summary(summary),
      'Content-Length': String(body.byteLength),
      ...extra,
    });
    this.response.end(body);
  }

  /** Sends an error that came before the first byte. */
  error(error: ClickHouseError): void {
    const body = Buffer.from(renderError(error, this.#facts.version));
    this.response.writeHead(statusOf(error.code), {
      ...this.#headers(),
      'X-ClickHouse-Exception-Code': String(error.code),
      'X-ClickHouse-Summary': this.summary(NO_SUMMARY),
      'Content-Type': 'text/plain; charset=UTF-8',
      'Content-Length': String(body.byteLength),
      ...(error.code === 194 ? { 'WWW-Authenticate': 'Basic realm="ClickHouse server HTTP API"' } : {}),
    });
    this.response.end(body);
  }

  /** The block at the end of a result that failed in the middle; clients find it by the tag that the head has told. */
  exceptionBlock(error: ClickHouseError): Buffer {
    const message = renderError(error, this.#facts.version);
    const length = String(Buffer.byteLength(message));
    return Buffer.from(`\r\n__exception__\r\n${this.#tag}\r\n${message}${length} ${this.#tag}\r\n__exception__\r\n`);
  }

  /**
   * Ends a response that failed in the middle: without its last chunk, so that nobody takes it for whole. The
   * connection stays for a while: a client that knows the exception block must come to it before it sees the break.
   */
  breakOff(last: Buffer): void {
    const { response } = this;
    response.write(last, () => {
      const timer = setTimeout(() => response.destroy(), LINGER).unref();
      response.once('close', () => clearTimeout(timer));
    });
  }
}
