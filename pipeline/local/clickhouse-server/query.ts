import type { IncomingMessage } from 'node:http';
import type { Admission } from './admission.ts';
import type { Connection } from './addon.ts';
import { readStatement, type ReadStatement } from './body.ts';
import { chunksOf } from './chunks.ts';
import type { Engine, EngineFacts } from './engine.ts';
import { raise } from './errors.ts';
import { handshakeBlock, isHandshake } from './handshake.ts';
import { createMemoryTable, insert, insertStream, insertSummary } from './insert.ts';
import type { Finish, Job } from './job.ts';
import { readMultipart, type ExternalTable } from './multipart.ts';
import type { Pipes } from './pipes.ts';
import { prelude, readonlyLevel, readonlyPrelude, restoration } from './prelude.ts';
import { markOf } from './processes.ts';
import { quoteName } from './quoting.ts';
import { isMultipart, type QueryRequest } from './request.ts';
import { NO_SUMMARY, type Reply } from './response.ts';
import { sendRows, summaryOf } from './rows.ts';
import type { Running } from './running.ts';
import type { Sessions } from './sessions.ts';
import type { Statement } from './statement.ts';
import { toUtf8 } from './text.ts';

/** What all requests share. */
export interface Shared {
  readonly engine: Engine;
  readonly facts: EngineFacts;
  readonly pipes: Pipes;
  readonly sessions: Sessions;
  readonly running: Running;
  readonly admission: Admission;
}

/** Class of the engine's analysis for a text that only reads. */
const READS = 0;

/**
 * Runs the statement of a request and answers it.
 * @throws ClickHouseError for an error before the first byte of the response
 */
export async function answer(
  shared: Shared,
  asked: QueryRequest,
  message: IncomingMessage,
  reply: Reply,
): Promise<void> {
  const { request, tables } = isMultipart(message)
    ? await readMultipart(asked, message)
    : { request: asked, tables: [] };
  const read = await readStatement(request, isMultipart(message) ? undefined : message);
  try {
    const handshake = answersHandshake(shared, request, read.statement, reply);
    const finish = handshake ?? (await runStatement(shared, request, reply, read, tables));
    await finish();
  } finally {
    read.release();
  }
}

async function runStatement(
  shared: Shared,
  request: QueryRequest,
  reply: Reply,
  read: ReadStatement,
  tables: readonly ExternalTable[],
): Promise<Finish> {
  const run = shared.running.begin(request.queryId);
  const cancel = (): Promise<void> => shared.running.cancel(run);
  const onClose = (): void => void cancel();
  reply.response.on('close', onClose);
  try {
    const leave = isKill(read.statement) ? () => undefined : await shared.admission.enter();
    try {
      if (reply.response.destroyed) throw raise.cancelled();
      return await withConnection(shared, request, (connection) =>
        execute({ ...shared, connection, request, run, cancel, reply }, read, tables),
      );
    } finally {
      leave();
    }
  } finally {
    shared.running.end(run);
    reply.response.off('close', onClose);
  }
}

/** KILL needs no place: where all are taken, it makes one. */
const isKill = (statement: Statement): boolean => statement.kind === 'command' && /^\s*KILL\b/i.test(statement.query);

function answersHandshake(
  { facts }: Shared,
  { protocolVersion }: QueryRequest,
  statement: Statement,
  reply: Reply,
): Finish | undefined {
  if (protocolVersion === undefined || statement.kind !== 'rows' || !isHandshake(statement)) return undefined;
  return () => reply.whole(facts.formats.get('Native'), handshakeBlock(facts, protocolVersion), NO_SUMMARY);
}

/** Gives a connection with the settings of the request: the session's, or a fresh one. */
async function withConnection(
  shared: Shared,
  request: QueryRequest,
  use: (connection: Connection) => Promise<Finish>,
): Promise<Finish> {
  const { engine, sessions } = shared;
  const { session } = request;
  const connection = session === undefined ? engine.connect() : sessions.take(session);
  let restore: string[] = [];
  try {
    if (session !== undefined) restore = await restoration(engine, connection, request);
    for (const statement of prelude(request)) await engine.run(connection, statement);
    return await use(connection);
  } finally {
    for (const statement of restore) await engine.run(connection, statement).catch(() => undefined);
    if (session === undefined) engine.close(connection);
    else sessions.giveBack(session);
  }
}

async function execute(job: Job, read: ReadStatement, tables: readonly ExternalTable[]): Promise<Finish> {
  const { statement } = read;
  await check(job, statement);
  for (const table of tables) await createExternal(job, table);
  for (const sql of readonlyPrelude(job.request)) await job.engine.run(job.connection, sql);
  if (job.run.cancelled) throw raise.cancelled();
  switch (statement.kind) {
    case 'rows': {
      const name = statement.format ?? job.request.format ?? 'TabSeparated';
      return sendRows(job, statement, job.facts.formats.get(name));
    }
    case 'insert': {
      const result = await insert(job, statement, read.data, read.codec);
      return () => job.reply.whole(undefined, Buffer.alloc(0), insertSummary(result));
    }
    case 'command': {
      const format = job.facts.formats.get(statement.format ?? job.request.format ?? 'TabSeparated');
      const result = await job.engine.run(
        job.connection,
        markOf(job.run.queryId) + toUtf8(statement.query),
        format.name,
      );
      return () => job.reply.whole(format, result.bytes, summaryOf(result));
    }
  }
}

/**
 * Has the engine's own parser count the statements, beside our lexer, and holds a session to readonly: there it cannot
 * be set, since it could not be taken back.
 */
async function check(job: Job, statement: Statement): Promise<void> {
  const { engine, connection, request } = job;
  const text =
    statement.kind === 'insert'
      ? `${statement.head}${statement.settings} FORMAT ${statement.format}`
      : `${statement.query}${statement.kind === 'rows' ? statement.tail : ''}`;
  const analysis = await engine.analyse(connection, toUtf8(text));
  if (analysis.statementCount > 1) throw raise.syntax('Syntax error (Multi-statements are not allowed)');
  // What does not parse is run for the sake of the engine's message, but never where it could be more than one statement
  if (analysis.statementCount === 0 && text.includes(';'))
    throw raise.syntax('Syntax error: the statement does not parse');
  const level = readonlyLevel(request);
  if (request.session === undefined || level === '0' || analysis.statementCount === 0) return;
  const sets = statement.kind === 'command' && /^\s*(?:SET|USE)\b/i.test(statement.query) && level === '2';
  if (analysis.queryClass !== READS && !sets) throw raise.readonly();
}

/** An external table is a temporary one of the connection. */
async function createExternal(job: Job, table: ExternalTable): Promise<void> {
  const name = quoteName(table.name);
  await createMemoryTable(job, name, table.structure);
  const format = job.facts.formats.get(table.format).name;
  await insertStream(job, { head: `INSERT INTO ${name}`, settings: '', format }, chunksOf(table.data), 'none');
}
