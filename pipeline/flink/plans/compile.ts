import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError } from '@suuupra/core';
import type { GatewaySession } from '../gateway/session.ts';
import { literal } from '../jobs/placeholders.ts';
import type { JobStatement } from '../jobs/statements.ts';
import { parsePlan, planHash, renumbered, type CompiledPlan } from './compiled-plan.ts';

export interface StoredPlan {
  readonly hash: string;
  readonly file: string;
  readonly plan: CompiledPlan;
}

/**
 * Compiles the statement that starts a job and keeps the plan as DIRECTORY/HASH.json.
 * @param session in which the tables that the statement names exist
 * @param directory one that this process and the SQL Gateway both see under this path
 * @throws SuuupraError flink_statement_failed
 */
export async function compilePlan(
  session: GatewaySession,
  statement: JobStatement,
  directory: string,
): Promise<StoredPlan> {
  await fs.promises.mkdir(directory, { recursive: true });
  const draft = path.join(directory, `draft-${String(process.pid)}-${String(Date.now())}.json`);
  await session.execute(`COMPILE PLAN ${literal(draft)} FOR ${planned(statement.text)}`);
  try {
    return await storePlan(directory, renumbered(parsePlan(await fs.promises.readFile(draft, 'utf8'))));
  } catch (cause) {
    throw new SuuupraError('flink_job_failed', `The compiled plan cannot be read: ${draft}`, {
      hint: `This program and the SQL Gateway must see ${directory} under the same path (a shared volume).`,
      cause,
    });
  } finally {
    await fs.promises.rm(draft, { force: true });
  }
}

export async function storePlan(directory: string, plan: CompiledPlan): Promise<StoredPlan> {
  const hash = planHash(plan);
  const file = path.join(directory, `${hash}.json`);
  await fs.promises.writeFile(`${file}.tmp`, JSON.stringify(plan, null, 1));
  await fs.promises.rename(`${file}.tmp`, file);
  return { hash, file, plan };
}

/** `EXECUTE STATEMENT SET BEGIN` is `STATEMENT SET BEGIN` where it is compiled; an INSERT stays as it is. */
const planned = (text: string): string => text.replace(/\bEXECUTE\s+(?=STATEMENT\s+SET\s+BEGIN\b)/i, '');
