import { createRequire } from 'node:module';
import path from 'node:path';
import { SuuupraError } from '@suuupra/core';

/** A connection of the engine; it runs one query at a time. */
export type Connection = { readonly connection: unique symbol };

/** What the addon gives for a finished query. */
export interface AddonResult {
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly elapsed: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** What the engine's own parser says of a text. */
export interface Analysis {
  readonly statementCount: number;
  /** 0 reads only, 1 changes data, 2 changes global things, 3 SET, USE, SYSTEM and the like, 4 not parsed. */
  readonly queryClass: number;
}

/** The functions of chdb's native addon that are used here. */
export interface Addon {
  CreateConnection(dataDirectory: string, args: readonly string[]): Connection;
  CloseConnection(connection: Connection): void;
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<AddonResult>;
  DurableClassifyAsync(connection: Connection, sql: string, database: string | null): Promise<Analysis>;
}

const FUNCTIONS = ['CreateConnection', 'CloseConnection', 'QueryAsyncConnection', 'DurableClassifyAsync'] as const;

/**
 * Loads the engine. The addon is taken from behind chdb's public API, because Session.close() there waits for all
 * queries of the process, and because only the addon asks the engine's parser how many statements a text has.
 * @throws SuuupraError tool_missing if chdb is not installed for this platform or of another make
 */
export function loadAddon(): Addon {
  const require = createRequire(import.meta.url);
  try {
    const loader = path.join(path.dirname(require.resolve('chdb/package.json')), 'dist', 'loader.js');
    const addon = (require(loader) as { loadNative(): Addon }).loadNative();
    const missing = FUNCTIONS.filter((name) => typeof addon[name] !== 'function');
    if (missing.length > 0) throw new Error(`the addon has no ${missing.join(', ')}`);
    return addon;
  } catch (cause) {
    throw new SuuupraError(
      'tool_missing',
      `The engine (npm package chdb) cannot be loaded on ${process.platform}-${process.arch}`,
      {
        hint: 'Run npm ci again; chdb has builds for Linux with glibc and for macOS, on x64 and arm64.',
        cause,
      },
    );
  }
}
