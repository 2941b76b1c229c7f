import { describe, expect, it } from 'vitest';
import { ClickHouseError, engineError, raise, renderError, statusOf } from './errors.ts';

describe('engineError', () => {
  it.each([
    ['Code: 60. DB::Exception: Unknown table x. (UNKNOWN_TABLE)', 60, 'UNKNOWN_TABLE', 'Unknown table x'],
    [
      'Code: 394. DB::Exception: Code: 394. DB::Exception: Query was cancelled: data for INSERT was parsed from file. (QUERY_WAS_CANCELLED) (version 26.7.2.1). (QUERY_WAS_CANCELLED)',
      394,
      'QUERY_WAS_CANCELLED',
      'Query was cancelled',
    ],
    [
      'Code: 27. DB::Exception: Cannot parse input: (in file/uri /data/.server/1/pipes/p3): (at row 1)\n. (CANNOT_PARSE_INPUT_ASSERTION_FAILED)',
      27,
      'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
      'Cannot parse input: (at row 1)\n',
    ],
    ['Code: 62. DB::Exception: a (b) c (X). (SYNTAX_ERROR)', 62, 'SYNTAX_ERROR', 'a (b) c (X)'],
  ])('reads %j', (text, code, type, message) => {
    expect(engineError(new Error(text))).toMatchObject({ code, type, message });
  });

  it('hides the pipe through which the result went', () => {
    const text =
      "Code: 62. DB::Exception: failed in SELECT 1 INTO OUTFILE '/d/p1' TRUNCATE COMPRESSION 'none' FORMAT TSV. (SYNTAX_ERROR)";
    expect(engineError(new Error(text)).message).toBe('failed in SELECT 1 FORMAT TSV');
  });

  it('has a code for what is no error of the engine', () => {
    expect(engineError(new TypeError('boom'))).toMatchObject({ code: 1002, message: 'boom' });
  });

  it('leaves an error of the server as it is', () => {
    const error = raise.readonly();
    expect(engineError(error)).toBe(error);
  });
});

describe('renderError', () => {
  it('has the form that clients parse', () => {
    const text = renderError(new ClickHouseError(62, 'SYNTAX_ERROR', 'Syntax error'), '26.7.2.1');
    expect(text).toBe('Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR) (version 26.7.2.1 (official build))\n');
  });
});

describe('statusOf', () => {
  it.each([
    [62, 400],
    [516, 403],
    [497, 403],
    [60, 404],
    [81, 404],
    [159, 408],
    [48, 501],
    [202, 503],
    [395, 500],
  ])('gives %i the status %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});
