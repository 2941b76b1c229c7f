/**
 * Every query holds a thread of libuv's pool while it runs. The pool's size is read at its first use, so this module is
 * imported before all others and the engine is capped below it; the rest is for KILL, files, names and compression.
 */
export const MAX_RUNNING = 64;
export const MAX_WAITING = 1024;
/** Milliseconds that a query waits for its turn. */
export const MAX_WAIT = 30_000;

const SPARE_THREADS = 32;

process.env['UV_THREADPOOL_SIZE'] = String(MAX_RUNNING + SPARE_THREADS);
