import type { Connection } from './addon.ts';
import type { Engine } from './engine.ts';
import { markOf } from './processes.ts';
import { quoteName, quoteString } from './quoting.ts';
import type { QueryRequest } from './request.ts';

/** GET never changes data; settings may still be set (ClickHouse's HTTPHandler does the same). */
const READONLY_GET = '2';

const assignments = (pairs: Iterable<readonly [string, string]>): string =>
  [...pairs].map(([name, value]) => `${quoteName(name)} = ${quoteString(value)}`).join(', ');

/** The readonly level that holds for a request: 0 none, 1 not even settings, 2 only settings may be changed. */
export function readonlyLevel(request: QueryRequest): string {
  const asked = request.settings.findLast(([name]) => name === 'readonly')?.[1] ?? '0';
  return asked === '0' && request.method === 'GET' ? READONLY_GET : asked;
}

/**
 * The settings of a request, without readonly. The engine writes a query with parameters anew and drops the comment that
 * carries its id: there the id goes ahead of the client's own log_comment.
 */
function settingsOf({ settings, parameters, queryId }: QueryRequest): (readonly [string, string])[] {
  const asked = settings.filter(([name]) => name !== 'readonly');
  if (parameters.size === 0) return asked;
  const comment = asked.findLast(([name]) => name === 'log_comment')?.[1] ?? '';
  return [...asked.filter(([name]) => name !== 'log_comment'), ['log_comment', markOf(queryId) + comment]];
}

/** Statements that prepare a connection for a request. */
export function prelude(request: QueryRequest): string[] {
  const statements: string[] = [];
  if (request.database !== undefined) statements.push(`USE ${quoteName(request.database)}`);
  const parameters = [...request.parameters].map(([name, value]) => [`param_${name}`, value] as const);
  const settings = settingsOf(request);
  if (parameters.length + settings.length > 0) statements.push(`SET ${assignments([...parameters, ...settings])}`);
  return statements;
}

/**
 * The last statement before the client's own: nothing can be set after it. Not in a session, whose connection
 * it would spoil for ever.
 */
export function readonlyPrelude(request: QueryRequest): string[] {
  const level = readonlyLevel(request);
  return level === '0' || request.session !== undefined ? [] : [`SET readonly = ${quoteString(level)}`];
}

/**
 * In a session, database and settings of the URL hold for one request only.
 * @returns statements that bring the connection back to what it was
 */
export async function restoration(engine: Engine, connection: Connection, request: QueryRequest): Promise<string[]> {
  const statements: string[] = [];
  if (request.database !== undefined) {
    const result = await engine.run(connection, 'SELECT currentDatabase()', 'TabSeparatedRaw');
    statements.push(`USE ${quoteName(Buffer.from(result.bytes).toString('utf8').trimEnd())}`);
  }
  const names = settingsOf(request).map(([name]) => name);
  if (names.length > 0) {
    const list = names.map(quoteString).join(', ');
    const before = await engine.run(
      connection,
      `SELECT name, value, changed FROM system.settings WHERE name IN (${list})`,
      'JSONCompactEachRow',
    );
    const rows = Buffer.from(before.bytes).toString('utf8').split('\n').filter(Boolean);
    for (const row of rows) {
      const [name, value, changed] = JSON.parse(row) as [string, string, number];
      statements.push(`SET ${quoteName(name)} = ${changed === 1 ? quoteString(value) : 'DEFAULT'}`);
    }
  }
  return statements;
}
