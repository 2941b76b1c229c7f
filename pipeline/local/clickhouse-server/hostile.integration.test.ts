import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post, startServer, type ServerProcess } from './testing/server-process.ts';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await ask(server, 'CREATE TABLE canary (a UInt8) ENGINE = MergeTree ORDER BY a');
  await ask(server, 'INSERT INTO canary VALUES (1)');
});
afterAll(() => server.stop());

/** Everything that changes how a text is cut into tokens, and therefore where a statement ends. */
const piece = fc.constantFrom(
  ...["'", "''", '"', '`', '$$', '$a$', '/*', '*/', '--', '//', '# ', '#!', '\n', '\r\n', '\\', "\\'", ' ', '\0'],
  ...[
    '‘',
    '’',
    '“',
    '”',
    '\u00a0',
    '\ufeff',
    '−',
    "x'",
    "b'",
    '1e',
    '0x',
    '1e-',
    '-',
    '.',
    '(',
    ')',
    '[',
    '{',
    '}',
    '@@',
  ],
  ...[
    ';',
    ';;',
    '; ',
    'SELECT 1',
    'FORMAT TSV',
    'FORMAT',
    'SETTINGS a=1',
    'INTO OUTFILE',
    'VALUES',
    '(1)',
    'INSERT INTO canary',
    '\\G',
  ],
);

describe('statements from an enemy', () => {
  it('no text gets a second statement through', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('SELECT 1', 'SELECT', '', 'INSERT INTO nope', 'SHOW TABLES', 'SET max_threads = 1'),
        fc.array(piece, { maxLength: 8 }),
        fc.constantFrom(
          'DROP TABLE canary',
          'TRUNCATE TABLE canary',
          'CREATE TABLE smuggled (a UInt8) ENGINE = Memory',
        ),
        fc.array(piece, { maxLength: 4 }),
        async (begin, middle, statement, end) => {
          const body = `${begin} ${middle.join('')};${statement}${end.join('')}`;
          const response = await post(server.url, body);
          expect([200, 400, 403, 404, 500, 501]).toContain(response.status);
        },
      ),
      { numRuns: 1500 },
    );
    expect(await ask(server, 'SELECT count() FROM canary')).toMatch(/^[1-9]/);
    expect(await ask(server, 'SHOW TABLES')).toBe('canary');
  });

  it('no bytes stop the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.webQueryParameters(), async (body, parameters) => {
        await post(`${server.url}/?${parameters}`, new Uint8Array(body));
      }),
      { numRuns: 300 },
    );
    expect(await ask(server, 'SELECT 1')).toBe('1');
  });
});

describe('very large requests', () => {
  it('a statement over the limit of the engine is refused in its words', async () => {
    const response = await post(server.url, `SELECT '${'x'.repeat(300_000)}'`);
    expect(response.text).toMatch(/^Code: 62\. DB::Exception: .*Max query size exceeded/);
  });

  it('a long list passes where the limit is raised', async () => {
    const list = Array.from({ length: 60_000 }, (_, i) => i).join(',');
    expect(
      await ask(server, `SELECT count() FROM numbers(100000) WHERE number IN (${list})`, 'max_query_size=10000000'),
    ).toBe('60000');
  });
});
