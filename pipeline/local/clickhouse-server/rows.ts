import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AddonResult } from './addon.ts';
import { engineError, raise } from './errors.ts';
import type { Format } from './formats.ts';
import type { Finish, Job } from './job.ts';
import { ResultPipe } from './pipes.ts';
import { markOf } from './processes.ts';
import { quoteString } from './quoting.ts';
import { NO_SUMMARY, type Summary } from './response.ts';
import { Sink } from './sink.ts';
import { statisticsIn, TAIL_BYTES } from './statistics.ts';
import type { RowsStatement } from './statement.ts';
import { toUtf8 } from './text.ts';

/** The engine tells the size of a result; what it has read only in formats with statistics. */
export const summaryOf = (result: AddonResult): Summary => ({
  ...NO_SUMMARY,
  resultRows: result.rowsRead,
  resultBytes: result.bytesRead,
});

/** The statement as the engine runs it: the result goes into a file or a pipe, compressed as the client wants it. */
function intoFile(job: Job, statement: RowsStatement, format: Format, path: string): string {
  const codec = job.request.encoding ?? 'none';
  const target = `INTO OUTFILE ${quoteString(path)} TRUNCATE COMPRESSION '${codec}' FORMAT ${format.name}`;
  return `${markOf(job.run.queryId)}${toUtf8(statement.query)} ${target}${toUtf8(statement.tail)}`;
}

/**
 * Runs a statement that gives rows, and sends them while they come.
 * @returns what sends the end of the response
 * @throws ClickHouseError for an error before the first byte
 */
export async function sendRows(job: Job, statement: RowsStatement, format: Format): Promise<Finish> {
  if (job.request.waitEndOfQuery) return sendFinished(job, statement, format);
  const { engine, connection, run, pipes } = job;
  const path = await pipes.take();
  const pipe = new ResultPipe(path);
  const sink = new Sink(job, format);
  const running = engine.run(connection, intoFile(job, statement, format, path)).finally(() => pipe.finish());
  running.catch(() => undefined); // it is awaited after the last chunk
  try {
    // A pipe that is closed before its end would leave the engine waiting for a reader: read it to the end, whatever comes
    for await (const chunk of pipe.chunks) await sink.write(chunk as Buffer).catch(() => job.cancel());
    const summary = summaryOf(await running);
    return () => sink.end(summary);
  } catch (thrown) {
    const error = run.cancelled ? raise.cancelled() : engineError(thrown);
    if (!sink.started) throw error;
    return () => sink.fail(error);
  } finally {
    sink.hold();
    await running.catch(() => undefined);
    pipes.remove(path);
  }
}

/**
 * Runs a statement to its end before the first byte is sent (wait_end_of_query): every error has its status, and the
 * head its whole summary. The result waits in a file, however long it is.
 */
async function sendFinished(job: Job, statement: RowsStatement, format: Format): Promise<Finish> {
  const { engine, connection, reply, request, pipes } = job;
  const path = pipes.file();
  try {
    const result = await engine.run(connection, intoFile(job, statement, format, path));
    const { size, end } = ending(path);
    const summary = { ...summaryOf(result), ...statisticsIn(format, end, request.encoding) };
    return async () => {
      reply.head(format, {
        'X-ClickHouse-Summary': reply.summary(summary),
        'Content-Length': String(size),
        ...(request.encoding === undefined ? {} : { 'Content-Encoding': request.encoding }),
      });
      // the client may go away while it is sent, as it may at any time
      if (size > 0) await pipeline(fs.createReadStream(path), reply.response).catch(() => undefined);
      else reply.response.end();
      pipes.remove(path);
    };
  } catch (error) {
    pipes.remove(path);
    throw error;
  }
}

/** Size and last bytes of a finished result. Without a single row some formats write nothing, and there is no file. */
function ending(path: string): { size: number; end: Buffer } {
  if (!fs.existsSync(path)) return { size: 0, end: Buffer.alloc(0) };
  const { size } = fs.statSync(path);
  const end = Buffer.alloc(Math.min(size, TAIL_BYTES));
  const file = fs.openSync(path, 'r');
  fs.readSync(file, end, 0, end.length, size - end.length);
  fs.closeSync(file);
  return { size, end };
}
