import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Warehouse } from '@suuupra/clickhouse';
import { SuuupraError, isSuuupraError } from '@suuupra/core';
import { literal } from './render.ts';

/** How long a lock is believed without a sign of life of its holder, and how often that sign is given. */
const LEASE_MS = 30_000;
const RENEW_MS = 5_000;
const RETRY_MS = 500;

const TABLE_ALREADY_EXISTS = 57;
const NAME = 'migrations_lock';

interface Holder {
  readonly id: string;
  readonly who: string;
  /** Milliseconds since 1970 by the clock of ClickHouse, as there is more than one client. */
  readonly until: number;
}

/**
 * Runs work that no other process does at the same time. ClickHouse has no locks, but only one of many can create a
 * table: its comment says who holds it and until when, and is renewed while the work goes on.
 * @param patienceMs how long to wait for another holder
 * @throws SuuupraError migration_locked
 */
export async function withLock<T>(warehouse: Warehouse, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const id = randomUUID();
  await acquire(warehouse, id, performance.now() + patienceMs);
  const renewal = setInterval(() => {
    comment(warehouse, id)
      .then((text) => warehouse.command(`ALTER TABLE ${NAME} MODIFY COMMENT ${literal(text)}`))
      .catch(() => undefined); // what the work itself meets is the error that counts
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    if ((await holder(warehouse))?.id === id) await warehouse.command(`DROP TABLE IF EXISTS ${NAME} SYNC`);
  }
}

async function acquire(warehouse: Warehouse, id: string, deadline: number): Promise<void> {
  for (;;) {
    if (await tryCreate(warehouse, id)) return;
    const held = await holder(warehouse);
    if (held !== undefined && held.until < (await now(warehouse))) {
      // Renamed first: of several that find the dead lock, only one takes it away.
      const grave = `${NAME}_${randomUUID().replaceAll('-', '')}`;
      await warehouse.command(`RENAME TABLE ${NAME} TO ${grave}`).catch(() => undefined);
      await warehouse.command(`DROP TABLE IF EXISTS ${grave} SYNC`);
    } else if (held !== undefined && performance.now() >= deadline) {
      throw new SuuupraError('migration_locked', `${held.who} is applying migrations to ${warehouse.database}`);
    } else await sleep(RETRY_MS);
  }
}

async function tryCreate(warehouse: Warehouse, id: string): Promise<boolean> {
  try {
    const text = await comment(warehouse, id);
    await warehouse.command(`CREATE TABLE ${NAME} (nothing UInt8) ENGINE = Null COMMENT ${literal(text)}`);
    return true;
  } catch (error) {
    if (isSuuupraError(error) && error.details['clickhouseCode'] === TABLE_ALREADY_EXISTS) return false;
    throw error;
  }
}

async function comment(warehouse: Warehouse, id: string): Promise<string> {
  const who = `process ${String(process.pid)} on ${hostname()}`;
  return JSON.stringify({ id, who, until: (await now(warehouse)) + LEASE_MS } satisfies Holder);
}

async function holder(warehouse: Warehouse): Promise<Holder | undefined> {
  const [row] = await warehouse.rows<{ comment: string }>(
    'SELECT comment FROM system.tables WHERE database = {database:String} AND name = {name:String}',
    { params: { database: warehouse.database, name: NAME } },
  );
  return row === undefined ? undefined : (JSON.parse(row.comment) as Holder);
}

async function now(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.rows<{ now: string }>('SELECT toUnixTimestamp64Milli(now64(3)) AS now');
  return Number(row?.now);
}
