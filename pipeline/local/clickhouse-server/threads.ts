/** Queries that the engine runs at the same time. Each holds a thread of libuv's pool while it runs. */
export const MAX_RUNNING = 64;
export const MAX_WAITING = 1024;
/** Milliseconds that a query waits for its turn. */
export const MAX_WAIT = 30_000;

/** For KILL, files, names and compression, so that these never wait for a query. */
const SPARE_THREADS = 32;
const NAME = 'UV_THREADPOOL_SIZE';
const NEEDED = MAX_RUNNING + SPARE_THREADS;

/**
 * What the process has to be started with. libuv reads it at the first use of its pool, which is before any line of a
 * program in ES modules runs: setting it in the program comes too late.
 */
export const THREADS_ENV: Readonly<Record<string, string>> = { [NAME]: String(NEEDED) };

/** Whether a process with this environment has enough threads. */
export const hasThreads = (env: NodeJS.ProcessEnv): boolean => Number(env[NAME]) >= NEEDED;
