import { errorMessage, isSuuupraError, type ErrorCode } from '@suuupra/core';
import { CommanderError } from 'commander';
import pc from 'picocolors';

/** Exit codes: 0 done, 1 failed, 2 called or configured wrongly, 130 interrupted. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set(['usage_invalid', 'config_invalid']);

export interface Failure {
  readonly exitCode: number;
  /** Lines for standard error; empty when everything was said already (help, version). */
  readonly text: string;
}

const layout = (code: ErrorCode, message: string, hint: string): string =>
  `${pc.red(code)}: ${message}\n${pc.dim(`hint: ${hint}`)}\n`;

/**
 * What the command line says about anything that was thrown: code, message and hint.
 * @param verbose adds the stack and the causes
 */
export function describeFailure(error: unknown, verbose: boolean): Failure {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { exitCode: 0, text: '' };
    const message = error.message.replace(/^error: /, '');
    return { exitCode: EXIT_USAGE, text: layout('usage_invalid', message, 'call the command with --help') };
  }
  if (isSuuupraError(error)) {
    const stack = verbose ? `${error.stack ?? ''}\n${causes(error)}` : '';
    const exitCode = USAGE_CODES.has(error.code) ? EXIT_USAGE : EXIT_FAILED;
    return { exitCode, text: layout(error.code, error.message, error.hint) + stack };
  }
  // A fault of ours: without its stack a report would be worth nothing.
  const stack = error instanceof Error ? `${error.stack ?? ''}\n${causes(error)}` : '';
  return {
    exitCode: EXIT_FAILED,
    text: layout('internal', errorMessage(error), 'report it with this message') + stack,
  };
}

function causes(error: Error): string {
  let text = '';
  for (let cause = error.cause; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined)
    text += `caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : errorMessage(cause)}\n`;
  return text;
}
