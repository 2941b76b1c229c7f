import type { IncomingMessage } from 'node:http';
import { BodyReader } from './body-reader.ts';
import { chunksOf, concatChunks, type Chunks } from './chunks.ts';
import { raise } from './errors.ts';
import { tokens } from './lexer.ts';
import type { QueryRequest } from './request.ts';
import { parseStatement, refuseSeveral, type InsertStatement, type Statement } from './statement.ts';

/** Codecs that the engine undoes itself when the body is nothing but the data of an INSERT, by their HTTP names. */
const ENGINE_CODECS = new Set(['gzip', 'br', 'zstd', 'lz4', 'xz', 'bz2', 'snappy']);

/** A statement without data may be this long; the engine's own limit is max_query_size. */
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;
/** From this length on the text read so far is looked at for an INSERT, whose data need not be read before it runs. */
const LOOK_BYTES = 64 * 1024;

export interface ReadStatement {
  readonly statement: Statement;
  /** Data of an INSERT. */
  readonly data: Chunks;
  /** Codec of `data` that the engine has to undo. */
  readonly codec: string;
  /** To be called at the end in any case: what is left of the body is read and forgotten. */
  readonly release: () => void;
}

/**
 * Reads as much of a request as it takes to know the statement; of an INSERT the data stay to be read.
 * @param message undefined if the request has been read already (a body of several parts)
 * @throws ClickHouseError
 */
export async function readStatement(
  request: QueryRequest,
  message: IncomingMessage | undefined,
): Promise<ReadStatement> {
  if (message === undefined) return readText(request.text, chunksOf(), () => undefined);
  if (isCompressedData(request)) {
    const statement = parseStatement(headOf(request.text));
    const body = new BodyReader(message, undefined);
    return { statement, data: body, codec: request.contentEncoding as string, release: () => body.discard() };
  }
  const body = new BodyReader(message, request.contentEncoding);
  const release = (): void => body.discard();
  try {
    return await readText(request.text, body, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Whether the body is nothing but compressed data of an INSERT that stands in the URL. */
function isCompressedData(request: QueryRequest): boolean {
  if (request.text === undefined || !ENGINE_CODECS.has(request.contentEncoding ?? '')) return false;
  const text = headOf(request.text);
  const statement = parseStatement(text);
  return statement.kind === 'insert' && statement.dataAt >= text.trimEnd().length;
}

/** The part of a statement that stands in the URL, as Latin-1 characters. */
const headOf = (text: string | undefined): string =>
  text === undefined ? '' : `${Buffer.from(text, 'utf8').toString('latin1')}\n`;

async function readText(inUrl: string | undefined, body: Chunks, release: () => void): Promise<ReadStatement> {
  const parts: string[] = [headOf(inUrl)];
  let length = (parts[0] as string).length;
  let lookAt = inUrl === undefined ? LOOK_BYTES : length;
  for (;;) {
    const chunk = await body.next();
    if (chunk === undefined) return whole(parts.join(''), release);
    parts.push(chunk.toString('latin1'));
    length += chunk.length;
    if (length < lookAt) continue;
    lookAt = length * 2;
    const text = parts.join('');
    const statement = asInsert(text);
    if (statement !== undefined && statement.dataAt < text.length) {
      const data = concatChunks(chunksOf(Buffer.from(text.slice(statement.dataAt), 'latin1')), body);
      return { statement, data, codec: 'none', release };
    }
    if (length > MAX_STATEMENT_BYTES)
      throw raise.tooLarge(`A statement of more than ${String(MAX_STATEMENT_BYTES)} bytes`);
  }
}

/** A statement that has come to its end. */
function whole(text: string, release: () => void): ReadStatement {
  const statement = parseStatement(text);
  if (statement.kind !== 'insert') return { statement, data: chunksOf(), codec: 'none', release };
  // the engine would read VALUES up to a semicolon and forget the rest in silence
  if (statement.format === 'Values') refuseSeveral([...tokens(text, statement.dataAt)]);
  const data = chunksOf(Buffer.from(text.slice(statement.dataAt), 'latin1'));
  return { statement, data, codec: 'none', release };
}

/** The INSERT with which a text that may be cut anywhere begins. */
function asInsert(text: string): InsertStatement | undefined {
  if (!/insert/i.test(text.slice(0, LOOK_BYTES))) return undefined;
  try {
    const statement = parseStatement(text);
    return statement.kind === 'insert' ? statement : undefined;
  } catch {
    return undefined; // cut in the middle: more of it will tell
  }
}
