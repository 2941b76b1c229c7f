import { describe, expect, it } from 'vitest';
import { prelude, readonlyLevel, readonlyPrelude } from './prelude.ts';
import type { QueryRequest } from './request.ts';

const request = (part: Partial<QueryRequest>): QueryRequest => ({
  ...{ method: 'POST', text: undefined, queryId: 'q', database: undefined, format: undefined, settings: [] },
  ...{ parameters: new Map(), session: undefined, waitEndOfQuery: false, encoding: undefined },
  ...{ contentEncoding: undefined, protocolVersion: undefined, externals: new Map() },
  ...part,
});

describe('prelude', () => {
  it('has nothing to do for a plain request', () => {
    expect([...prelude(request({})), ...readonlyPrelude(request({}))]).toEqual([]);
  });

  it('quotes every name and value, so that none is read as a statement', () => {
    const statements = prelude(
      request({
        database: 'd`; DROP TABLE t',
        settings: [['x = 1; DROP TABLE t; SET `y', "1'; DROP TABLE t --\\"]],
        parameters: new Map([['p', "it's"]]),
      }),
    );
    expect(statements).toEqual([
      'USE `d\\`; DROP TABLE t`',
      "SET `param_p` = 'it\\'s', `x = 1; DROP TABLE t; SET \\`y` = '1\\'; DROP TABLE t --\\\\', `log_comment` = '/*q:71*/'",
    ]);
  });

  it('puts the id of a query with parameters ahead of the comment of the client', () => {
    const parameters = new Map([['p', '1']]);
    const settings = [['log_comment', 'mine']] as const;
    expect(prelude(request({ parameters, settings }))).toEqual(["SET `param_p` = '1', `log_comment` = '/*q:71*/mine'"]);
    expect(prelude(request({ settings }))).toEqual(["SET `log_comment` = 'mine'"]);
  });

  it('sets readonly after all else, by itself for GET', () => {
    const settings = [
      ['readonly', '1'],
      ['max_threads', '1'],
    ] as const;
    expect(prelude(request({ settings }))).toEqual(["SET `max_threads` = '1'"]);
    expect(readonlyPrelude(request({ settings }))).toEqual(["SET readonly = '1'"]);
    expect(readonlyLevel(request({ method: 'GET' }))).toBe('2');
    expect(readonlyLevel(request({ method: 'GET', settings }))).toBe('1');
  });

  it('never sets readonly in a session, where it could not be taken back', () => {
    const session = { id: 's', timeout: 60, check: false, close: false };
    expect(readonlyPrelude(request({ method: 'GET', session }))).toEqual([]);
  });
});
