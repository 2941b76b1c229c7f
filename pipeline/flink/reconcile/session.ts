import { SuuupraError, isSuuupraError } from '@suuupra/core';
import type { GatewaySession } from '../gateway/session.ts';
import { literal } from '../jobs/placeholders.ts';
import type { JobStatement } from '../jobs/statements.ts';
import { installLibrary } from '../library/build.ts';
import type { Submission } from '../store/records.ts';
import type { Reconciler } from './context.ts';

/** What of a job decides how its session is set up. */
export type SessionJob = Pick<
  Submission,
  'name' | 'hash' | 'version' | 'parallelism' | 'checkpointInterval' | 'stateTtl' | 'prepare'
>;

/** Keys under which a job on the cluster tells what it was submitted from. */
export const PARAMETERS = { hash: 'suuupra.hash', version: 'suuupra.version', plan: 'suuupra.plan' } as const;

/**
 * Opens a session with the library, the settings and the tables of a job, gives it to `use` and closes it.
 * @param properties more settings of Flink, such as where to recover from
 * @throws SuuupraError flink_statement_failed with file and line, flink_unreachable
 */
export async function withJobSession<T>(
  reconciler: Reconciler,
  job: SessionJob,
  properties: Readonly<Record<string, string>>,
  use: (session: GatewaySession) => Promise<T>,
): Promise<T> {
  const library = await installLibrary(reconciler.config, reconciler.store.paths.library);
  const session = await reconciler.gateway.openSession({
    name: job.name,
    properties: { ...settingsOf(job), ...properties },
  });
  try {
    await session.prepare(`ADD JAR ${literal(library)}`);
    for (const statement of job.prepare) await placed(statement, () => session.prepare(statement.text));
    return await use(session);
  } finally {
    await session.close();
  }
}

function settingsOf(job: SessionJob): Record<string, string> {
  return {
    'pipeline.name': job.name,
    'parallelism.default': String(job.parallelism),
    'execution.checkpointing.interval': job.checkpointInterval,
    // A checkpoint that fails now and then (a restart is on its way) is no reason to fail the job.
    'execution.checkpointing.tolerable-failed-checkpoints': '10',
    'table.exec.state.ttl': job.stateTtl,
    'table.local-time-zone': 'UTC',
    'pipeline.object-reuse': 'true',
  };
}

/** Runs a statement of a file; an error then names the file and the line in it. */
export async function placed<T>(statement: JobStatement, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isSuuupraError(error) || error.code !== 'flink_statement_failed') throw error;
    const within = typeof error.details['line'] === 'number' ? error.details['line'] : 1;
    const line = statement.line + within - 1;
    throw new SuuupraError('flink_statement_failed', `${statement.file}:${String(line)}: ${error.message}`, {
      cause: error,
      details: { ...error.details, file: statement.file, line },
    });
  }
}
