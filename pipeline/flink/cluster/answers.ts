import * as v from 'valibot';

// The answers of the JobManager's REST API, as far as they are used. Times are in milliseconds, sizes in bytes.

export const Anything = v.unknown();

export const Overview = v.object({
  taskmanagers: v.number(),
  'slots-total': v.number(),
  'slots-available': v.number(),
  'flink-version': v.string(),
});

export const ConfigEntries = v.array(v.object({ key: v.string(), value: v.string() }));

export const JobState = v.picklist([
  'INITIALIZING',
  'CREATED',
  'RUNNING',
  'FAILING',
  'FAILED',
  'CANCELLING',
  'CANCELED',
  'FINISHED',
  'RESTARTING',
  'SUSPENDED',
  'RECONCILING',
]);
export type JobState = v.InferOutput<typeof JobState>;

export const JobsOverview = v.object({
  jobs: v.array(v.object({ jid: v.string(), name: v.string(), state: JobState, 'start-time': v.number() })),
});

const Vertex = v.object({ id: v.string(), name: v.string(), parallelism: v.number(), status: v.string() });

export const JobDetails = v.object({
  jid: v.string(),
  name: v.string(),
  state: JobState,
  'start-time': v.number(),
  vertices: v.array(Vertex),
});
export type JobDetails = v.InferOutput<typeof JobDetails>;

export const JobConfig = v.object({
  'execution-config': v.optional(v.object({ 'user-config': v.record(v.string(), v.string()) })),
});

const Completed = v.object({
  id: v.number(),
  external_path: v.string(),
  trigger_timestamp: v.number(),
  end_to_end_duration: v.number(),
  state_size: v.number(),
  is_savepoint: v.boolean(),
});

export const Checkpoints = v.object({
  counts: v.object({ restored: v.number(), in_progress: v.number(), completed: v.number(), failed: v.number() }),
  latest: v.object({
    completed: v.nullish(Completed),
    savepoint: v.nullish(Completed),
    restored: v.nullish(v.object({ id: v.number(), external_path: v.nullish(v.string()) })),
  }),
});
export type Checkpoints = v.InferOutput<typeof Checkpoints>;

export const Exceptions = v.object({
  exceptionHistory: v.object({
    entries: v.array(v.object({ timestamp: v.number(), exceptionName: v.string(), stacktrace: v.nullish(v.string()) })),
  }),
});

export const Triggered = v.object({ 'request-id': v.string() });

export const TriggerStatus = v.object({
  status: v.object({ id: v.picklist(['IN_PROGRESS', 'COMPLETED']) }),
  operation: v.nullish(
    v.object({
      location: v.nullish(v.string()),
      'failure-cause': v.nullish(v.object({ class: v.string(), 'stack-trace': v.string() })),
    }),
  ),
});

export const Metrics = v.array(v.object({ id: v.string(), value: v.optional(v.string()) }));

export const BackPressure = v.object({
  status: v.string(),
  backpressureLevel: v.nullish(v.string()),
  subtasks: v.nullish(v.array(v.object({ ratio: v.nullish(v.number()), busyRatio: v.nullish(v.number()) }))),
});

export const Plan = v.object({
  plan: v.object({
    nodes: v.array(
      v.object({
        id: v.string(),
        parallelism: v.number(),
        description: v.string(),
        inputs: v.optional(v.array(v.object({ id: v.string(), ship_strategy: v.optional(v.string()) }))),
      }),
    ),
  }),
});

export const TaskManagers = v.object({ taskmanagers: v.array(v.object({ id: v.string() })) });
