import * as v from 'valibot';

const Statement = v.object({ text: v.string(), line: v.number(), file: v.string() });

/** Everything that submitting a job again takes, independent of its files as they are now. */
export const Submission = v.object({
  name: v.string(),
  hash: v.string(),
  version: v.number(),
  parallelism: v.number(),
  checkpointInterval: v.string(),
  stateTtl: v.string(),
  prepare: v.array(Statement),
  plan: v.object({ hash: v.string(), file: v.string() }),
});
export type Submission = v.InferOutput<typeof Submission>;

/** A submission that ran, or runs. Times are ISO 8601. */
export const Run = v.object({
  submission: Submission,
  jobId: v.string(),
  startedAt: v.string(),
  startedBy: v.string(),
  /** The savepoint or checkpoint that it went on from; null: it began with empty state. */
  from: v.nullable(v.string()),
});
export type Run = v.InferOutput<typeof Run>;

export const JobRecord = v.object({
  /** What was submitted last and was found good. */
  run: v.nullable(Run),
  /** Set when a person stopped the job: it stays stopped until a person starts it. */
  stopped: v.nullable(v.object({ at: v.string(), by: v.string(), savepoint: v.nullable(v.string()) })),
  /** The newest completed checkpoint that was seen, for clusters whose disks this process does not see. */
  checkpoint: v.nullable(v.string()),
});
export type JobRecord = v.InferOutput<typeof JobRecord>;

export const StoreState = v.object({ jobs: v.record(v.string(), JobRecord) });

export const EMPTY_RECORD: JobRecord = { run: null, stopped: null, checkpoint: null };

/** One line of the history. */
export const HistoryEntry = v.object({
  at: v.string(),
  by: v.string(),
  job: v.string(),
  event: v.picklist([
    'submitted',
    'recovered',
    'replaced',
    'rolled_back',
    'refused',
    'stopped',
    'cancelled',
    'savepoint',
    'disposed',
    'failed',
  ]),
  version: v.optional(v.number()),
  hash: v.optional(v.string()),
  plan: v.optional(v.string()),
  jobId: v.optional(v.string()),
  savepoint: v.optional(v.nullable(v.string())),
  error: v.optional(v.string()),
});
export type HistoryEntry = v.InferOutput<typeof HistoryEntry>;
