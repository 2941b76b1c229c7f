import { once } from 'node:events';
import type { AddonResult } from './addon.ts';
import { engineError, raise } from './errors.ts';
import { compressTail } from './exception-tail.ts';
import type { Format } from './formats.ts';
import type { Job } from './job.ts';
import { ResultPipe } from './pipes.ts';
import { markOf } from './processes.ts';
import { quoteString } from './quoting.ts';
import { NO_SUMMARY, type Summary } from './response.ts';
import type { RowsStatement } from './statement.ts';
import { toUtf8 } from './text.ts';

/** The first bytes wait until there are so many, or so many milliseconds have passed: an early error gets its status. */
const HOLD_BYTES = 256 * 1024;
const HOLD_TIME = 50;
/** A client that takes nothing for so many milliseconds is given up: its query holds a place. */
const PATIENCE = 300_000;

export const summaryOf = (result: AddonResult): Summary => ({
  ...NO_SUMMARY,
  resultRows: result.rowsRead,
  resultBytes: result.bytesRead,
});

/** Sends chunks on to the client as it takes them; holds the first ones back. */
class RowsSink {
  readonly #job: Job;
  readonly #format: Format;
  #held: Buffer[] = [];
  #heldBytes = 0;
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
    if (started) return this.#send(chunk);
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

  async #send(chunk: Buffer): Promise<void> {
    const { response } = this.#job.reply;
    if (response.write(chunk)) return;
    const giveUp = setTimeout(() => response.destroy(), PATIENCE);
    await Promise.race([once(response, 'drain'), once(response, 'close')]).catch(() => undefined);
    clearTimeout(giveUp);
  }

  end(summary: Summary): void {
    clearTimeout(this.#timer);
    const { reply } = this.#job;
    if (reply.response.destroyed) return;
    if (!reply.started) return reply.whole(this.#format, Buffer.concat(this.#held), summary, this.#encodingHeader);
    reply.response.addTrailers({ 'X-ClickHouse-Summary': reply.summary(summary) });
    reply.response.end();
  }

  /** @returns whether the error still needs a response of its own */
  fail(thrown: unknown): boolean {
    clearTimeout(this.#timer);
    const { reply, request } = this.#job;
    if (!reply.started) return true;
    if (!reply.response.destroyed)
      reply.breakOff(compressTail(reply.exceptionBlock(engineError(thrown)), request.encoding));
    return false;
  }
}

/**
 * Runs a statement that gives rows, and sends them while they come.
 * @throws ClickHouseError for an error before the first byte
 */
export async function sendRows(job: Job, statement: RowsStatement, format: Format): Promise<void> {
  const { engine, connection, run, pipes } = job;
  const path = await pipes.take();
  const pipe = new ResultPipe(path);
  const codec = job.request.encoding ?? 'none';
  const sink = new RowsSink(job, format);
  const sql = `${markOf(run.queryId)}${toUtf8(statement.query)} INTO OUTFILE ${quoteString(path)} TRUNCATE COMPRESSION '${codec}' FORMAT ${format.name}${toUtf8(statement.tail)}`;
  const running = engine.run(connection, sql).finally(() => pipe.finish());
  running.catch(() => undefined); // it is awaited after the last chunk
  try {
    // A pipe that is closed before its end would leave the engine waiting for a reader: read it to the end, whatever comes
    for await (const chunk of pipe.chunks) await sink.write(chunk as Buffer).catch(() => run.cancel());
    sink.end(summaryOf(await running));
  } catch (error) {
    if (sink.fail(run.cancelled ? raise.cancelled() : error)) throw error;
  } finally {
    await running.catch(() => undefined);
    pipes.remove(path);
  }
}
