import type { ClickHouseError } from './errors.ts';
import { compressTail } from './exception-tail.ts';
import { drained } from './flow.ts';
import type { Format } from './formats.ts';
import type { Job } from './job.ts';
import { NO_SUMMARY, type Summary } from './response.ts';
import { statisticsIn, TAIL_BYTES } from './statistics.ts';

/** The first bytes wait until there are so many, or so many milliseconds have passed: an early error gets its status. */
const HOLD_BYTES = 256 * 1024;
const HOLD_TIME = 50;
/** A client that takes nothing for so many milliseconds is given up: its query holds a place. */
const PATIENCE = 300_000;

/** Sends a result on to the client as it takes it; holds the first bytes back. */
export class Sink {
  readonly #job: Job;
  readonly #format: Format;
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** The end of what has been sent, for the statistics in it. */
  #last: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;

  constructor(job: Job, format: Format) {
    this.#job = job;
    this.#format = format;
  }

  get #encodingHeader(): Record<string, string> {
    const { encoding } = this.#job.request;
    return encoding === undefined ? {} : { 'Content-Encoding': encoding };
  }

  async write(chunk: Buffer): Promise<void> {
    const { response, started } = this.#job.reply;
    if (response.destroyed) return; // the client is gone; the pipe is read to its end all the same
    if (started) {
      this.#last = chunk.length < TAIL_BYTES ? Buffer.concat([this.#last, chunk]).subarray(-TAIL_BYTES) : chunk;
      if (!response.write(chunk)) await drained(response, PATIENCE);
      return;
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    this.#timer ??= setTimeout(() => this.#start(), HOLD_TIME);
    if (this.#heldBytes >= HOLD_BYTES) this.#start();
  }

  #start(): void {
    clearTimeout(this.#timer);
    const { reply } = this.#job;
    if (reply.started || reply.response.destroyed) return;
    reply.head(this.#format, {
      'X-ClickHouse-Summary': reply.summary(NO_SUMMARY),
      Trailer: 'X-ClickHouse-Summary',
      ...this.#encodingHeader,
    });
    for (const chunk of this.#held) reply.response.write(chunk);
    this.#held = [];
  }

  /** Whether the head is on its way, so that an error can no longer have a status. */
  get started(): boolean {
    return this.#job.reply.started;
  }

  /** The query is over: what is held back stays so until the end. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  /** The result is whole: its summary goes into the head if there was none yet, else into the trailer. */
  end(summary: Summary): void {
    const { reply, request } = this.#job;
    const { response } = reply;
    if (response.destroyed) return;
    const whole = reply.started ? undefined : Buffer.concat(this.#held);
    const readable = request.encoding === undefined ? (whole ?? this.#last) : whole;
    const complete = { ...summary, ...(readable && statisticsIn(this.#format, readable, request.encoding)) };
    if (whole !== undefined) return reply.whole(this.#format, whole, complete, this.#encodingHeader);
    response.addTrailers({ 'X-ClickHouse-Summary': reply.summary(complete) });
    response.end();
  }

  /** The result broke off after the head was sent. */
  fail(error: ClickHouseError): void {
    const { reply, request } = this.#job;
    if (!reply.response.destroyed) reply.breakOff(compressTail(reply.exceptionBlock(error), request.encoding));
  }
}
