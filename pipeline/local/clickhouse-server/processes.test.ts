import { describe, expect, it } from 'vitest';
import { tokens } from './lexer.ts';
import { markOf, rewriteProcesses } from './processes.ts';

const rewrite = (text: string): string | undefined => rewriteProcesses(text, [...tokens(text)]);

describe('marks', () => {
  it('carries any query id and cannot be ended by one', () => {
    expect(markOf('*/ DROP TABLE t; ü')).toMatch(/^\/\*q:[0-9A-F]+\*\/$/);
  });
});

describe('rewriteProcesses', () => {
  it('shows the ids of the clients in system.processes', () => {
    expect(rewrite('SELECT query_id FROM system.processes AS p WHERE p.elapsed > 1')).toBe(
      'SELECT query_id FROM system.client_processes AS p WHERE p.elapsed > 1',
    );
  });

  it('answers SHOW PROCESSLIST from the same view', () => {
    expect(rewrite('SHOW PROCESSLIST FORMAT JSON')).toBe(
      'SELECT * FROM system.client_processes ORDER BY elapsed DESC FORMAT JSON',
    );
  });

  it("kills by the client's id, and never waits for the end of the query, which the engine would do for ever", () => {
    const text = rewrite("KILL QUERY WHERE query_id = 'a' SYNC");
    expect(text).toContain('unhex(extract(');
    expect(text).toMatch(/= 'a' ASYNC$/);
  });

  it.each(['SELECT 1', "SELECT 'system.processes'", 'KILL MUTATION WHERE 1', 'DESCRIBE TABLE system.processes'])(
    'leaves %s alone',
    (text) => {
      expect(rewrite(text)).toBeUndefined();
    },
  );
});
