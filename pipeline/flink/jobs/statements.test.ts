import { describe, expect, it } from 'vitest';
import { parsePreparation, parseScript } from './statements.ts';

const SET = `EXECUTE STATEMENT SET BEGIN
-- the first
INSERT INTO a SELECT 1;
INSERT INTO b SELECT ';';
END;`;

describe('parseScript', () => {
  it('keeps a statement set together and tells where each statement stands', () => {
    const script = parseScript(`CREATE TABLE a (x INT);\n\n-- why\nCREATE VIEW v AS SELECT 1;\n${SET}\n`, 'x.sql');
    expect(script.prepare).toEqual([
      { text: 'CREATE TABLE a (x INT)', line: 1, file: 'x.sql' },
      { text: '-- why\nCREATE VIEW v AS SELECT 1', line: 3, file: 'x.sql' },
    ]);
    expect(script.run.line).toBe(5);
    expect(script.run.text.split('\n').at(-1)).toBe('END');
    expect(script.run.text).toContain("INSERT INTO b SELECT ';'");
  });

  it('takes a single INSERT as the job', () => {
    expect(parseScript('CREATE TABLE a (x INT); INSERT INTO a SELECT 1', 'x.sql').run.text).toBe(
      'INSERT INTO a SELECT 1',
    );
  });

  it('refuses a file that starts two jobs, or none, or does something after it', () => {
    expect(() => parseScript('INSERT INTO a SELECT 1;\nINSERT INTO a SELECT 2', 'x.sql')).toThrow('lines 1, 2');
    expect(() => parseScript('CREATE TABLE a (x INT)', 'x.sql')).toThrow('none does');
    expect(() => parseScript('INSERT INTO a SELECT 1; CREATE TABLE b (x INT)', 'x.sql')).toThrow('must start the job');
  });

  it('refuses a statement set without its end', () => {
    expect(() => parseScript('\nEXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1;', 'x.sql')).toThrow(
      'the statement set on line 2 has no END',
    );
  });
});

describe('parsePreparation', () => {
  it('refuses an included file that starts a job', () => {
    expect(() => parsePreparation('CREATE TABLE a (x INT);\nINSERT INTO a SELECT 1;', 's.sql')).toThrow(
      's.sql: line 2',
    );
  });
});
