import type { IncomingMessage } from 'node:http';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import { errorMessage } from '@suuupra/core';
import { ClickHouseError, raise } from './errors.ts';
import { tokens } from './lexer.ts';
import type { QueryRequest } from './request.ts';
import { parseStatement, refuseSeveral, type InsertStatement, type Statement } from './statement.ts';

/** Codecs that the engine undoes itself when the body is nothing but the data of an INSERT. */
const ENGINE_CODECS: Readonly<Record<string, string>> = {
  gzip: 'gzip',
  br: 'br',
  zstd: 'zstd',
  lz4: 'lz4',
  xz: 'xz',
  bz2: 'bz2',
  snappy: 'snappy',
};
const NODE_CODECS: Readonly<Record<string, () => Duplex>> = {
  gzip: () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
};

/** A statement without data may be this long; the engine's own limit is max_query_size. */
const MAX_STATEMENT_BYTES = 64 * 1024 * 1024;
/** From this length on the text read so far is looked at for an INSERT, whose data need not be read before it runs. */
const LOOK_BYTES = 64 * 1024;

export interface ReadStatement {
  readonly statement: Statement;
  /** Data of an INSERT. */
  readonly data: AsyncGenerator<Buffer, void>;
  /** Codec of `data` that the engine has to undo. */
  readonly codec: string;
  /** To be called at the end in any case: what is left of the body is read and forgotten. */
  readonly release: () => void;
}

/**
 * The body without its compression. Errors of the stream are ClickHouse errors.
 * @throws ClickHouseError 48 for a codec that is not known
 */
export async function* decodedBody(
  message: IncomingMessage,
  encoding: string | undefined,
): AsyncGenerator<Buffer, void> {
  const create = encoding === undefined ? undefined : NODE_CODECS[encoding];
  if (encoding !== undefined && create === undefined)
    throw raise.notImplemented(
      `Content-Encoding ${encoding} is not supported here. Use gzip, deflate or br; for INSERT with the statement in the URL also zstd, lz4, xz, bz2, snappy`,
    );
  const source: Readable = create === undefined ? message : pipeline(message, create(), () => undefined);
  try {
    // destroying the source would destroy the connection, and with it the way for the answer
    for await (const chunk of source.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch (cause) {
    if (encoding !== undefined && message.complete)
      throw new ClickHouseError(
        354,
        'ZLIB_INFLATE_FAILED',
        `The body is not valid ${encoding}: ${errorMessage(cause)}`,
      );
    throw raise.cancelled();
  } finally {
    source.resume();
  }
  if (!message.complete) throw raise.cancelled(); // the client went away in the middle of its body
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
  if (message === undefined) return readText(request.text, noBody());
  const engineCodec = request.contentEncoding === undefined ? undefined : ENGINE_CODECS[request.contentEncoding];
  if (request.text !== undefined && engineCodec !== undefined) {
    const text = headOf(request.text);
    const statement = parseStatement(text);
    if (statement.kind === 'insert' && statement.dataAt >= text.trimEnd().length) {
      const data = decodedBody(message, undefined);
      return { statement, data, codec: engineCodec, release: releaseOf(data) };
    }
  }
  const body = decodedBody(message, request.contentEncoding);
  try {
    return await readText(request.text, body);
  } catch (error) {
    await body.return();
    throw error;
  }
}

/** The part of a statement that stands in the URL, as Latin-1 characters. */
const headOf = (text: string | undefined): string =>
  text === undefined ? '' : `${Buffer.from(text, 'utf8').toString('latin1')}\n`;

async function readText(inUrl: string | undefined, body: AsyncGenerator<Buffer, void>): Promise<ReadStatement> {
  const head = headOf(inUrl);
  const parts: string[] = [head];
  let length = head.length;
  let lookAt = inUrl === undefined ? LOOK_BYTES : head.length;
  for (;;) {
    const next = await body.next();
    if (next.done === true) {
      const text = parts.join('');
      const statement = parseStatement(text);
      refuseAfterValues(text, statement);
      return { statement, data: inText(text, statement), codec: 'none', release: releaseOf(body) };
    }
    parts.push(next.value.toString('latin1'));
    length += next.value.length;
    if (length < lookAt) continue;
    lookAt = length * 2;
    const text = parts.join('');
    const insert = asInsert(text);
    if (insert !== undefined && insert.dataAt < text.length) {
      const data = followedBy(text.slice(insert.dataAt), body);
      return { statement: insert, data, codec: 'none', release: releaseOf(body) };
    }
    if (length > MAX_STATEMENT_BYTES)
      throw raise.tooLarge(`A statement of more than ${String(MAX_STATEMENT_BYTES)} bytes`);
  }
}

/** Not awaited: what the client still sends must not hold back the answer. */
const releaseOf = (body: AsyncGenerator<Buffer, void>) => (): void => {
  body.return().catch(() => undefined);
};

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

/** The engine would read VALUES up to a semicolon and forget the rest in silence. */
function refuseAfterValues(text: string, statement: Statement): void {
  if (statement.kind === 'insert' && statement.format === 'Values') refuseSeveral([...tokens(text, statement.dataAt)]);
}

async function* inText(text: string, statement: Statement): AsyncGenerator<Buffer, void> {
  if (statement.kind === 'insert' && statement.dataAt < text.length)
    yield Buffer.from(text.slice(statement.dataAt), 'latin1');
}

async function* followedBy(first: string, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  yield Buffer.from(first, 'latin1');
  yield* rest;
}

async function* noBody(): AsyncGenerator<Buffer, void> {
  // nothing
}
