import { expect, it } from 'vitest';
import { FlinkResponseError } from '../rest/request.ts';
import { statementError } from './statement-error.ts';

it('tells the cause, the place and the line, without the list of all tokens that would have been right', () => {
  const trace =
    'a.b.ParseException: Encountered "FRM" at line 2, column 3.\nWas expecting one of:\n    <EOF>\n    "FROM" ...';
  const error = statementError(new FlinkResponseError(500, trace), 'SELECT a\n  FRM b');
  expect(error.code).toBe('flink_statement_failed');
  expect(error.message).toBe('Encountered "FRM" at line 2, column 3. (line 2: FRM b)');
  expect(error.details).toMatchObject({ line: 2, column: 3 });
});

it('takes the place from an outer exception where the innermost names none', () => {
  const trace =
    "a.V: SQL validation failed. From line 1, column 8 to line 1, column 9\nCaused by: a.W: Column 'x' not found in any table";
  expect(statementError(new FlinkResponseError(500, trace), 'SELECT x FROM y').message).toBe(
    "Column 'x' not found in any table (line 1: SELECT x FROM y)",
  );
});
