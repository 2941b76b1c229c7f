import type { Register } from './context.ts';

export interface VerbEntry {
  /** One line for `suuupra --help`. */
  readonly summary: string;
  /** Loads the verb's file; only the verb that is called is ever loaded, so that every verb starts fast. */
  readonly load: () => Promise<{ readonly register: Register }>;
}

/** Every verb of the command line in the order of `suuupra --help`. */
export const VERBS: Readonly<Record<string, VerbEntry>> = {
  up: { summary: 'start the stack and keep it running', load: () => import('./verbs/up.ts') },
  down: { summary: 'stop the stack', load: () => import('./verbs/down.ts') },
  status: { summary: 'show parts, lag, newest event and dead letters', load: () => import('./verbs/status.ts') },
  logs: { summary: 'print what a part wrote', load: () => import('./verbs/logs.ts') },
  reset: { summary: 'delete all data of the stack', load: () => import('./verbs/reset.ts') },
  simulate: { summary: 'produce the events of an invented service', load: () => import('./verbs/simulate.ts') },
  import: { summary: 'send the events of a file', load: () => import('./verbs/import.ts') },
  collect: { summary: 'take events over HTTP', load: () => import('./verbs/collect.ts') },
  query: { summary: 'answer an analysis', load: () => import('./verbs/query.ts') },
  sql: { summary: 'print the SQL of an analysis', load: () => import('./verbs/sql.ts') },
  api: { summary: 'answer analyses over HTTP', load: () => import('./verbs/api.ts') },
  bootstrap: {
    summary: 'make topics, tables, contracts and jobs on running servers',
    load: () => import('./verbs/bootstrap.ts'),
  },
  jobs: { summary: 'operate the Flink jobs', load: () => import('./verbs/jobs.ts') },
  migrate: { summary: 'bring ClickHouse to what the files in sql/ say', load: () => import('./verbs/migrate.ts') },
  contracts: { summary: 'check and register the contracts', load: () => import('./verbs/contracts.ts') },
  audit: { summary: 'prove that no message is lost', load: () => import('./verbs/audit.ts') },
  'dead-letters': {
    summary: 'show messages that could not become events',
    load: () => import('./verbs/dead-letters.ts'),
  },
  doctor: { summary: 'check whether this machine can run the stack', load: () => import('./verbs/doctor.ts') },
};
