import fs from 'node:fs';
import { createWarehouse } from '@suuupra/clickhouse';
import { SuuupraError, projectPath, type Config } from '@suuupra/core';

/** Half-open, in milliseconds since 1970. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Computes the results of a job anew in ClickHouse, from all events that are stored, and replaces those of a range: after
 * an import, a back-fill or late events. The statement is sql/rebuild/JOB.sql; it runs once per day of the range.
 * @param onDay called after each day with its begin
 * @throws SuuupraError not_found, clickhouse_query_failed, clickhouse_unreachable
 */
export async function rebuild(
  config: Config,
  job: string,
  range: Range,
  onDay: (day: number) => void = () => undefined,
): Promise<void> {
  const statement = readStatement(job);
  const warehouse = createWarehouse(config);
  try {
    for (let from = range.from; from < range.to; from = nextDay(from)) {
      const to = Math.min(nextDay(from), range.to);
      await warehouse.command(statement, { params: { from: clickhouseTime(from), to: clickhouseTime(to) } });
      onDay(from);
    }
  } finally {
    await warehouse.close();
  }
}

const nextDay = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS;

/** DateTime64(3, 'UTC') as a parameter: seconds with three digits after the point. */
const clickhouseTime = (at: number): string => (at / 1_000).toFixed(3);

function readStatement(job: string): string {
  const file = projectPath('sql', 'rebuild', `${job}.sql`);
  if (/^[a-z][a-z0-9_]*$/.test(job) && fs.existsSync(file)) return fs.readFileSync(file, 'utf8');
  const known = fs.readdirSync(projectPath('sql', 'rebuild')).map((name) => name.replace(/\.sql$/, ''));
  throw new SuuupraError('not_found', `There is no rebuild of ${job}; there are ${known.join(', ')}`);
}
