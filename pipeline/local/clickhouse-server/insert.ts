import type { AddonResult } from './addon.ts';
import type { Chunks } from './chunks.ts';
import { raise } from './errors.ts';
import { Feed } from './feed.ts';
import { refuseHostAccess } from './host-access.ts';
import type { Job } from './job.ts';
import { tokens } from './lexer.ts';
import { openInsertPipe } from './pipes.ts';
import { markOf } from './processes.ts';
import { quoteString } from './quoting.ts';
import { NO_SUMMARY, type Summary } from './response.ts';
import type { InsertStatement } from './statement.ts';
import { toUtf8 } from './text.ts';

/** Name of the temporary table that stands for input(). */
const INPUT_TABLE = '_input';

/** What the client's parser of the engine has read is what was written. */
export const insertSummary = (result: AddonResult): Summary => ({
  ...NO_SUMMARY,
  readRows: result.rowsRead,
  readBytes: result.bytesRead,
  writtenRows: result.rowsRead,
  writtenBytes: result.bytesRead,
  resultRows: result.rowsRead,
  resultBytes: result.bytesRead,
});

/**
 * Inserts data as they come. The engine reads them from a pipe, so they are never part of a text that it parses for
 * statements.
 * @param into INSERT INTO …, its SETTINGS clause and format, in UTF-8
 * @param codec compression of the data
 * @throws ClickHouseError
 */
export async function insertStream(
  job: Job,
  { head, settings, format }: { head: string; settings: string; format: string },
  data: Chunks,
  codec: string,
): Promise<AddonResult> {
  const { engine, connection, run, pipes } = job;
  const path = await pipes.take();
  const source = `FROM INFILE ${quoteString(path)} COMPRESSION '${codec}'`;
  const sql = `${markOf(run.queryId)}${head} ${source} ${settings} FORMAT ${format}`;
  const feed = new Feed(data);
  const running = engine.run(connection, sql).finally(() => feed.stop());
  running.catch(() => undefined); // it is awaited at the end
  try {
    const pipe = await openInsertPipe(path, () => feed.stopped);
    if (pipe === undefined) return await running;
    try {
      await feed.into(pipe);
    } catch (error) {
      // The data are incomplete. Only a query that is marked as killed may see their end, or it would keep them.
      await Promise.race([job.cancel(), running.catch(() => undefined)]);
      pipe.end();
      await running.catch(() => undefined);
      throw error;
    }
    pipe.end();
    return await running;
  } finally {
    pipes.remove(path);
  }
}

/** Runs an INSERT with data. */
export async function insert(job: Job, statement: InsertStatement, data: Chunks, codec: string): Promise<AddonResult> {
  const { engine, connection, run, facts } = job;
  const { head, settings, input } = statement;
  const format = facts.formats.get(statement.format).name;
  if (input === undefined)
    return insertStream(job, { head: toUtf8(head), settings: toUtf8(settings), format }, data, codec);
  // The data of input() come into a table first: the engine's own input() reads the standard input of the process.
  await createMemoryTable(job, INPUT_TABLE, toUtf8(input.structure));
  try {
    const read = await insertStream(job, { head: `INSERT INTO ${INPUT_TABLE}`, settings: '', format }, data, codec);
    if (run.cancelled) throw raise.cancelled();
    const select = head.slice(0, input.start) + INPUT_TABLE + head.slice(input.end);
    await engine.run(connection, markOf(run.queryId) + toUtf8(select));
    return read;
  } finally {
    await engine.run(connection, `DROP TABLE IF EXISTS ${INPUT_TABLE}`);
  }
}

/**
 * A temporary table for data that come with the request.
 * @param structure from the client: it must not end the statement and begin another
 */
export async function createMemoryTable(job: Job, name: string, structure: string): Promise<void> {
  const { engine, connection } = job;
  const sql = `CREATE TEMPORARY TABLE ${name} (${structure}) ENGINE = Memory`;
  refuseHostAccess([...tokens(structure)]);
  if ((await engine.analyse(connection, sql)).statementCount !== 1)
    throw raise.syntax(`Syntax error in the structure of ${name}`);
  await engine.run(connection, sql);
}
