import { SuuupraError } from '@suuupra/core';
import { positionIn } from '../rest/cause.ts';
import type { FlinkResponseError } from '../rest/request.ts';

/**
 * What Flink says about a statement, in one error: the innermost cause and the line of the statement it is about.
 * details: `statement`, `line` and `column` inside it (absent where Flink names none).
 */
export function statementError(error: FlinkResponseError, statement: string): SuuupraError {
  // The position is often told by an outer exception, the reason by the innermost one.
  const position = positionIn(error.message) ?? positionIn(error.trace);
  const line = position ? statement.split('\n')[position.line - 1]?.trim() : undefined;
  const where = position && line ? ` (line ${String(position.line)}: ${line})` : '';
  // The parser lists every token that it would have taken, which hides the one that it met.
  const what = error.message.replace(/\s*\nWas expecting[\s\S]*$/, '');
  return new SuuupraError('flink_statement_failed', `${what}${where}`, {
    cause: error,
    details: { statement, ...(position ?? {}) },
  });
}
