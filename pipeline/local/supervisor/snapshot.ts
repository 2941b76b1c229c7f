import { ERROR_CODES, SuuupraError, errorMessage, isSuuupraError, type ErrorCode } from '@suuupra/core';

export type PartState =
  'waiting' | 'starting' | 'ready' | 'unhealthy' | 'restarting' | 'stopping' | 'stopped' | 'failed';

/** One part as it is now. */
export interface PartSnapshot {
  readonly name: string;
  readonly summary: string;
  readonly state: PartState;
  /** The port that it serves, where it serves one. */
  readonly port: number | null;
  readonly pid: number | null;
  readonly memoryBytes: number | null;
  readonly restarts: number;
  /** Why its last process ended, where one ended unasked. */
  readonly lastFailure: string | null;
  /** Since when it works, as ISO 8601. */
  readonly readySince: string | null;
}

export type StepState = 'running' | 'done' | 'failed';

/** One step of starting, with its time. */
export interface StepSnapshot {
  readonly name: string;
  readonly state: StepState;
  readonly seconds: number;
  readonly error: string | null;
}

export type StackState = 'starting' | 'ready' | 'stopping' | 'stopped' | 'failed';

/** An error on its way from the supervisor's process to another one. */
export interface FailureSnapshot {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** The whole stack as its supervisor sees it. */
export interface StackSnapshot {
  readonly state: StackState;
  readonly home: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly parts: readonly PartSnapshot[];
  readonly steps: readonly StepSnapshot[];
  /** Time from the beginning until everything was ready. */
  readonly seconds: number | null;
}

export const failureOf = (error: unknown): FailureSnapshot =>
  isSuuupraError(error)
    ? { code: error.code, message: error.message, hint: error.hint }
    : { code: 'internal', message: errorMessage(error), hint: ERROR_CODES.internal.solve };

export const errorOf = ({ code, message, hint }: FailureSnapshot): SuuupraError =>
  new SuuupraError(code, message, { hint });
