import type { IncomingMessage } from 'node:http';
import { BodyReader } from './body-reader.ts';
import { raise } from './errors.ts';
import type { QueryRequest } from './request.ts';

/** External tables are held in memory, as the engine holds them too. */
const MAX_BYTES = 256 * 1024 * 1024;
const LINE = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Splits a multipart/form-data body (RFC 7578) into its parts by name.
 * @throws ClickHouseError 36 if it is malformed
 */
export function splitParts(body: Buffer, contentType: string): Map<string, Buffer> {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) throw raise.badArguments('The content type multipart/form-data has no boundary');
  const delimiter = Buffer.from(`\r\n--${name}`);
  const text = Buffer.concat([LINE, body]);
  const parts = new Map<string, Buffer>();
  let at = text.indexOf(delimiter);
  for (;;) {
    const start = at + delimiter.length;
    if (at < 0) throw raise.badArguments('The multipart body has no closing boundary');
    if (text.toString('latin1', start, start + 2) === '--') return parts;
    const headersEnd = text.indexOf(HEADERS_END, start);
    const next = text.indexOf(delimiter, start);
    if (headersEnd < 0 || next < headersEnd) throw raise.badArguments('A part of the multipart body is not closed');
    const headers = text.toString('utf8', start, headersEnd);
    const partName = /^content-disposition:[^\r\n]*[;\s]name="((?:[^"\\]|\\.)*)"/im.exec(headers)?.[1];
    if (partName === undefined) throw raise.badArguments('A part of the multipart body has no name');
    parts.set(partName, text.subarray(headersEnd + HEADERS_END.length, next));
    at = next;
  }
}

export interface ExternalTable {
  readonly name: string;
  readonly structure: string;
  readonly format: string;
  readonly data: Buffer;
}

/** Columns `_1`, `_2`, … for a table that comes with types only. */
const structureOfTypes = (types: string): string =>
  types
    .split(/,(?![^(]*\))/)
    .map((type, i) => `_${String(i + 1)} ${type.trim()}`)
    .join(', ');

/** A request whose body has several parts: the statement and parameters move to their places, the rest are tables. */
export async function readMultipart(
  request: QueryRequest,
  message: IncomingMessage,
): Promise<{ request: QueryRequest; tables: ExternalTable[] }> {
  const body = new BodyReader(message, request.contentEncoding);
  const chunks: Buffer[] = [];
  let length = 0;
  for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) {
      body.discard();
      throw raise.tooLarge(`A multipart body of more than ${String(MAX_BYTES)} bytes`);
    }
  }
  const parts = splitParts(Buffer.concat(chunks), message.headers['content-type'] ?? '');
  const parameters = new Map(request.parameters);
  const tables: ExternalTable[] = [];
  let { text } = request;
  for (const [name, data] of parts) {
    if (name === 'query') text = data.toString('utf8');
    else if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), data.toString('utf8'));
    else tables.push(externalTable(name, data, request.externals));
  }
  return { request: { ...request, text: text ?? '', parameters }, tables };
}

function externalTable(name: string, data: Buffer, described: ReadonlyMap<string, string>): ExternalTable {
  const types = described.get(`${name}_types`);
  const structure = described.get(`${name}_structure`) ?? (types === undefined ? undefined : structureOfTypes(types));
  if (structure === undefined)
    throw raise.badArguments(`The external table ${name} has neither ${name}_structure nor ${name}_types in the URL`);
  return { name, structure, format: described.get(`${name}_format`) ?? 'TabSeparated', data };
}
