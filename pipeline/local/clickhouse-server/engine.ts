import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError, errorMessage } from '@suuupra/core';
import type { Addon, AddonResult, Analysis, Connection } from './addon.ts';
import { engineError } from './errors.ts';
import { Formats } from './formats.ts';
import { CREATE_VIEW, MARK_OF_PROCESS, markOf } from './processes.ts';
import { quoteString } from './quoting.ts';

/** What the engine says of itself, asked once. */
export interface EngineFacts {
  readonly version: string;
  readonly timezone: string;
  readonly displayName: string;
  readonly formats: Formats;
}

/** The embedded engine on its data directory. Every connection must be closed, and only when it runs no query. */
export class Engine {
  readonly #addon: Addon;
  readonly #directory: string;
  readonly #args: readonly string[];
  /** For statements of the server itself; it also keeps the engine alive between requests. */
  readonly #admin: Connection;

  /**
   * @param directory of the data; created if missing
   * @param configFile written by writeEngineConfig
   * @throws SuuupraError home_in_use if another process has the directory, part_failed if the engine does not start
   */
  constructor(addon: Addon, directory: string, configFile: string) {
    this.#addon = addon;
    this.#directory = path.resolve(directory);
    this.#args = [`--config-file=${configFile}`];
    try {
      this.#admin = this.connect();
    } catch (cause) {
      throw startError(this.#directory, cause);
    }
  }

  connect(): Connection {
    return this.#addon.CreateConnection(this.#directory, this.#args);
  }

  close(connection: Connection): void {
    this.#addon.CloseConnection(connection);
  }

  /** Closes the engine itself; all other connections must be closed before. */
  shutdown(): void {
    this.#addon.CloseConnection(this.#admin);
  }

  /** @throws ClickHouseError */
  async run(connection: Connection, sql: string, format = 'TabSeparated'): Promise<AddonResult> {
    try {
      return await this.#addon.QueryAsyncConnection(connection, sql, format);
    } catch (thrown) {
      throw engineError(thrown);
    }
  }

  /** Has the engine's parser count and classify the statements of a text, without running them. */
  async analyse(connection: Connection, sql: string): Promise<Analysis> {
    try {
      return await this.#addon.DurableClassifyAsync(connection, sql, null);
    } catch (thrown) {
      throw engineError(thrown);
    }
  }

  /** Runs a statement of the server itself and gives its result as text. */
  async ask(sql: string): Promise<string> {
    const result = await this.run(this.#admin, sql, 'TabSeparatedRaw');
    return Buffer.from(result.bytes).toString('utf8').trimEnd();
  }

  /**
   * Marks queries as killed; each ends at its next block.
   * @returns the ids of those that were found
   */
  async kill(queryIds: readonly string[]): Promise<Set<string>> {
    const marks = new Map(queryIds.map((id) => [markOf(id), id]));
    const list = [...marks.keys()].map(quoteString).join(', ');
    const found = await this.ask(
      `SELECT query_id, ${MARK_OF_PROCESS} AS mark FROM system.processes WHERE mark IN (${list})`,
    );
    const running = new Map(
      found
        .split('\n')
        .filter(Boolean)
        .map((row) => row.split('\t') as [string, string]),
    );
    if (running.size === 0) return new Set();
    const ids = [...running.keys()].map(quoteString).join(', ');
    const result = await this.run(this.#admin, `KILL QUERY WHERE query_id IN (${ids}) ASYNC`, 'JSONCompactEachRow');
    const rows = Buffer.from(result.bytes).toString('utf8').split('\n').filter(Boolean);
    const killed = rows.map((row) => (JSON.parse(row) as string[])[1] ?? '');
    return new Set(killed.map((id) => marks.get(running.get(id) ?? '')).filter((id) => id !== undefined));
  }

  /** Prepares what lives in memory only, and asks the engine about itself. */
  async facts(): Promise<EngineFacts> {
    await this.ask(CREATE_VIEW);
    const about = await this.ask('SELECT version(), timezone(), displayName()');
    const [version = '', timezone = '', displayName = ''] = about.split('\t');
    const formats = await this.ask('SELECT name, content_type, is_input, is_output FROM system.formats');
    return { version, timezone, displayName, formats: new Formats(formats) };
  }
}

/** The engine locks `status` in its directory and notes its process there; the addon does not pass on what went wrong. */
function startError(directory: string, cause: unknown): SuuupraError {
  const owner = ownerOf(directory);
  if (owner !== undefined)
    return new SuuupraError('home_in_use', `The data directory ${directory} is in use by process ${String(owner)}`, {
      hint: 'Stop that process, or give this one a directory of its own with --data DIR.',
      cause,
    });
  return new SuuupraError('part_failed', `ClickHouse's engine does not start on ${directory}: ${errorMessage(cause)}`, {
    hint: 'The engine has written the cause to standard error.',
    cause,
  });
}

/** The living process other than this one that the directory's status file names. */
function ownerOf(directory: string): number | undefined {
  let noted: string;
  try {
    noted = fs.readFileSync(path.join(directory, 'status'), 'utf8');
  } catch {
    return undefined;
  }
  const pid = Number(/^PID: (\d+)/.exec(noted)?.[1]);
  return Number.isInteger(pid) && pid !== process.pid && lives(pid) ? pid : undefined;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // another user's
  }
}
