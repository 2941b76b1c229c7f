import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { raise } from './errors.ts';

/** What a request says beside its body. */
export interface QueryRequest {
  readonly method: string;
  /** `query` of the URL; the statement is this text, a line break and the body. */
  readonly text: string | undefined;
  readonly queryId: string;
  readonly database: string | undefined;
  readonly format: string | undefined;
  /** Settings of the engine, in the order given. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** Values of `{name:Type}` in the statement. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly session: SessionRequest | undefined;
  /** Whole result before the first byte, so that every error has its status. */
  readonly waitEndOfQuery: boolean;
  /** Codec of the response's body, by the client's preference; undefined: none. */
  readonly encoding: ResultEncoding | undefined;
  /** Codec of the request's body. */
  readonly contentEncoding: string | undefined;
  /** Of clickhouse-go's Native format. */
  readonly protocolVersion: number | undefined;
  /** Descriptions of external tables (`NAME_structure`, `NAME_types`, `NAME_format`), for multipart bodies. */
  readonly externals: ReadonlyMap<string, string>;
}

export interface SessionRequest {
  readonly id: string;
  /** Seconds of rest after which it is forgotten. */
  readonly timeout: number;
  /** It must exist already. */
  readonly check: boolean;
  readonly close: boolean;
}

/** Names of the URL that are no settings (ClickHouse's HTTPHandler). */
const RESERVED = new Set(
  'query database default_format query_id session_id session_timeout session_check close_session user password quota_key role compress decompress client_protocol_version wait_end_of_query buffer_size stacktrace'.split(
    ' ',
  ),
);
const EXTERNAL = /_(structure|types|format)$/;

/** Codecs that the engine itself writes and that HTTP clients know. */
const ENCODINGS = ['gzip', 'zstd', 'br', 'lz4', 'xz'] as const;
export type ResultEncoding = (typeof ENCODINGS)[number];

const MAX_SESSION_TIMEOUT = 3600;
const COMPRESSED_FRAMES =
  'frames of ClickHouse’s own compression (compress=1, decompress=1) are not supported by this server. Use compression by HTTP headers (gzip, zstd, br; in clickhouse-go clickhouse.CompressionGZIP or CompressionNone)';

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** First codec of the server's list that the client accepts. */
function chooseEncoding(accept: string | undefined): ResultEncoding | undefined {
  const accepted = new Set(
    (accept ?? '')
      .split(',')
      .map((entry) =>
        entry
          .trim()
          .toLowerCase()
          .split(/\s*;\s*/),
      )
      .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
      .map(([name]) => name),
  );
  return ENCODINGS.find((name) => accepted.has(name));
}

function parseSession(query: URLSearchParams): SessionRequest | undefined {
  const id = query.get('session_id');
  if (id === null || id === '') return undefined;
  const timeout = Number(query.get('session_timeout') ?? 60);
  if (!Number.isInteger(timeout) || timeout < 0)
    throw raise.sessionTimeout(`Invalid session timeout: '${query.get('session_timeout') ?? ''}'`);
  if (timeout > MAX_SESSION_TIMEOUT)
    throw raise.sessionTimeout(
      `Session timeout '${String(timeout)}' is larger than max_session_timeout: ${String(MAX_SESSION_TIMEOUT)}`,
    );
  const flag = (name: string): boolean => query.get(name) === '1';
  return { id, timeout, check: flag('session_check'), close: flag('close_session') };
}

/**
 * @param message its URL and headers; the body is not touched
 * @throws ClickHouseError for what this server does not offer or cannot read
 */
export function parseRequest(message: IncomingMessage): QueryRequest {
  const url = message.url ?? '/';
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  const role = query.get('role');
  if (role !== null && role !== '') throw raise.unknownRole(role);
  if (query.get('compress') === '1' || query.get('decompress') === '1') throw raise.notImplemented(COMPRESSED_FRAMES);
  const multipart = isMultipart(message);
  const settings: [string, string][] = [];
  const parameters = new Map<string, string>();
  const externals = new Map<string, string>();
  for (const [name, value] of query) {
    if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), value);
    else if (multipart && EXTERNAL.test(name)) externals.set(name, value);
    else if (!RESERVED.has(name)) settings.push([name, value]);
  }
  const compress = query.get('enable_http_compression') !== '0';
  const version = query.get('client_protocol_version');
  return {
    method: message.method ?? 'GET',
    text: query.get('query') ?? undefined,
    queryId: query.get('query_id') || randomUUID(),
    database: query.get('database') || header(message, 'x-clickhouse-database') || undefined,
    format: query.get('default_format') || header(message, 'x-clickhouse-format') || undefined,
    settings,
    parameters,
    session: parseSession(query),
    waitEndOfQuery: query.get('wait_end_of_query') === '1',
    encoding: compress ? chooseEncoding(header(message, 'accept-encoding')) : undefined,
    contentEncoding:
      header(message, 'content-encoding')
        ?.trim()
        .toLowerCase()
        .replace(/^identity$/, '') || undefined,
    protocolVersion: version === null ? undefined : Number(version) || 0,
    externals,
  };
}

/** Whether a body has several parts: external tables, or parameters too long for a URL. */
export const isMultipart = (message: IncomingMessage): boolean =>
  /^multipart\/form-data/i.test(header(message, 'content-type') ?? '');
