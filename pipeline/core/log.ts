import { pino, type Logger } from 'pino';

export type { Logger };

/** Keys whose values never reach a log, wherever they stand in the object. */
const SECRET_KEYS = ['password', 'token', 'authorization', 'secret', 'writeKey', 'apiKey'];

/**
 * A structured logger: one JSON object per line on standard error, so that standard output stays the answer's own.
 * @param name the process or part that speaks
 * @param level least level that is written: trace, debug, info, warn, error, fatal or silent
 */
export function createLogger(name: string, level: string): Logger {
  const redact = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `req.headers.${key}`]);
  return pino(
    { name, level, redact, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
