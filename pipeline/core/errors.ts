/**
 * The closed list of error codes. `summary` says what the code stands for, `solve` what the reader does about it;
 * docs/errors.md is generated from it. A code is never renamed and never used again for another meaning.
 */
export const ERROR_CODES = {
  config_invalid: {
    summary: 'A configuration value is missing, of the wrong form or unknown.',
    solve: 'Correct the named variable; docs/configuration.md lists all of them with their form and default.',
  },
  usage_invalid: {
    summary: 'A command was called with arguments it does not take.',
    solve: 'Call the command with --help.',
  },
  definition_invalid: {
    summary: 'An analysis definition has a field that is missing, unknown or of the wrong form.',
    solve: 'Correct the field at the named path; docs/analyses.md lists what each analysis takes.',
  },
  input_invalid: {
    summary: 'A file or request body could not be read as what it claims to be.',
    solve: 'Correct the named line or field and send it again; nothing of it was taken unless the message says so.',
  },
  event_invalid: {
    summary: 'An event does not satisfy the contract.',
    solve: 'Correct the named field; docs/events.md has the contract.',
  },
  mapping_invalid: {
    summary: 'A mapping file for an import is wrong.',
    solve: 'Correct the named key; docs/import.md describes mapping files.',
  },
  import_running: {
    summary: 'Another process imports the same file to the same topic.',
    solve: 'Wait for it or stop it; an import that was stopped goes on where it was when it is called again.',
  },
  not_found: { summary: 'The named thing does not exist.', solve: 'Check the name; the message lists near ones.' },
  unauthorized: { summary: 'The request carries no valid token.', solve: 'Send `Authorization: Bearer TOKEN`.' },
  forbidden: { summary: 'The token has not the scope that the request needs.', solve: 'Use a token with that scope.' },
  overloaded: {
    summary: 'More comes in than can be taken.',
    solve: 'Wait as long as `Retry-After` says and send the same again; nothing of it counts twice.',
  },
  input_too_large: {
    summary: 'A request body is longer than allowed.',
    solve: 'Send less at once; docs/collect.md names the limits of the collector.',
  },
  media_type_unknown: {
    summary: 'A request body has a media type or an encoding that is not taken.',
    solve: 'Send JSON as application/json; docs/collect.md says what else the collector takes.',
  },
  event_in_future: {
    summary: 'An event is dated later than the clock of the collector allows.',
    solve: "Correct the sender's clock; SUUUPRA_COLLECTOR_MAX_FUTURE_SECONDS is the tolerance.",
  },
  event_too_large: {
    summary: 'One event is longer than allowed.',
    solve: 'Send less in its properties; SUUUPRA_COLLECTOR_MAX_EVENT_BYTES is the limit.',
  },
  rate_limited: { summary: 'Too many requests.', solve: 'Wait as long as `Retry-After` says.' },
  port_taken: {
    summary: 'A port that the stack needs is in use by another process.',
    solve: 'End that process, or move the stack with --port-base N.',
  },
  home_in_use: {
    summary: 'Another stack runs in the same home directory.',
    solve: 'Stop it with `suuupra down`, or give this one a directory of its own with --home DIR.',
  },
  stack_not_running: { summary: 'No stack runs in the home directory.', solve: 'Start it with `suuupra up`.' },
  part_failed: {
    summary: 'A part of the local stack did not become ready.',
    solve: 'Read its log with `suuupra logs PART`; `suuupra doctor` checks the machine.',
  },
  tool_missing: {
    summary: 'A program that is needed is not installed, or too old.',
    solve: 'Install it; `suuupra doctor` names the version and the package.',
  },
  artifact_invalid: {
    summary: 'A downloaded file does not have the pinned checksum.',
    solve: 'Delete the named file and try again; if it stays, the file in the registry was changed: do not use it.',
  },
  artifact_unavailable: {
    summary: 'A file that the local stack runs could not be fetched.',
    solve: "Check the network and Maven's settings; once fetched, a start needs neither.",
  },
  clickhouse_unreachable: {
    summary: 'ClickHouse does not answer.',
    solve: 'Check SUUUPRA_CLICKHOUSE_URL, and `suuupra status` for the local stack.',
  },
  clickhouse_query_failed: {
    summary: 'ClickHouse refused or stopped a query.',
    solve: 'The message carries the cause in the words of ClickHouse.',
  },
  query_too_costly: {
    summary: 'The query reads more rows or bytes than allowed.',
    solve: 'Narrow the range or the filters, or ask with a token whose limits are higher.',
  },
  query_timeout: { summary: 'The query took longer than allowed.', solve: 'Narrow the range, or raise the limit.' },
  kafka_unreachable: {
    summary: 'The Kafka broker does not answer.',
    solve: 'Check SUUUPRA_KAFKA_BROKERS, and `suuupra status` for the local stack.',
  },
  kafka_delivery_failed: {
    summary: 'Kafka did not take a message.',
    solve: 'The message names the cause; what was not delivered is in the error and can be sent again.',
  },
  spool_in_use: {
    summary: 'Another process uses the same spool directory.',
    solve: 'Give each producer a directory of its own; a lock left by a dead process is taken over by itself.',
  },
  spool_full: {
    summary: 'A spool holds as many bytes as it may.',
    solve: 'Bring Kafka back, or raise `maxBytes`; what did not fit is reported as undelivered.',
  },
  registry_unreachable: {
    summary: 'The schema registry does not answer.',
    solve: 'Check SUUUPRA_REGISTRY_URL, and `suuupra status` for the local stack.',
  },
  schema_incompatible: {
    summary: 'A schema breaks the compatibility rule of its subject.',
    solve: 'Make the change compatible (new fields are optional with a default), as docs/events.md describes.',
  },
  schema_unregistered: {
    summary: 'The contract of this program is not registered in the schema registry.',
    solve:
      'Run `suuupra migrate apply`, then `suuupra contracts register`: before that ClickHouse would lose new fields.',
  },
  flink_unreachable: {
    summary: 'The Flink JobManager or SQL Gateway does not answer.',
    solve: 'Check SUUUPRA_FLINK_URL and SUUUPRA_SQL_GATEWAY_URL, and `suuupra status`.',
  },
  flink_statement_failed: {
    summary: 'Flink refused a statement.',
    solve: 'Correct the statement at the named line; the innermost cause is in the message.',
  },
  flink_job_failed: {
    summary: 'A Flink job failed or did not reach the state asked for.',
    solve: 'Read `suuupra logs flink-jobmanager` and the cause in the message.',
  },
  flink_upgrade_refused: {
    summary: 'A changed job cannot take over the state of the one that runs, which goes on.',
    solve:
      'Make a change that keeps the operators with state, or set `@upgrade stateless` and rebuild what was open with sql/rebuild.',
  },
  jobs_locked: {
    summary: 'Another process is changing Flink jobs.',
    solve: 'Wait for it; the lock of a process that died is taken over by itself.',
  },
  migration_changed: {
    summary: 'A migration that was already applied was edited.',
    solve: 'Restore the file from git and write the change as a new migration.',
  },
  migration_failed: {
    summary: 'A migration did not apply.',
    solve: 'Correct the named statement; what ran before it stays and is not run again.',
  },
  migration_locked: {
    summary: 'Another process is applying migrations.',
    solve: 'Wait for it; a lock left by a dead process expires by itself.',
  },
  internal: { summary: 'A fault of this program.', solve: 'Report it with the message and the log.' },
} as const satisfies Record<string, { summary: string; solve: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorOptions {
  /** What to do about this very error, where that is more precise than the code's general advice. */
  hint?: string;
  /** Facts for programs: the path of the field, the offset, the statement … Never a secret. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** Every error that a user can meet: what was wrong and where in `message`, what to do in `hint`. */
export class SuuupraError extends Error {
  override readonly name = 'SuuupraError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? ERROR_CODES[code].solve;
    this.details = options.details ?? {};
  }
}

export const isSuuupraError = (error: unknown): error is SuuupraError => error instanceof SuuupraError;

/** The text of anything that was thrown. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
