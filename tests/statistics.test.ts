import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectPath } from '@suuupra/core';
import { Session } from 'chdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from './golden/statistics.json' with { type: 'json' };

/**
 * The statistics functions against scipy, statsmodels and mpmath (tests/golden/statistics.py): relative to `tolerance`,
 * absolute near zero, as docs/analyses.md promises.
 */
describe('statistics functions of sql/functions', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-statistics-'));
  let session: Session;

  beforeAll(() => {
    session = new Session(directory);
    session.query('SET compile_expressions = 0'); // compiling an expression to machine code takes longer than running it
    const folder = projectPath('sql/functions');
    for (const file of fs.readdirSync(folder).sort())
      for (const statement of fs.readFileSync(path.join(folder, file), 'utf8').split(/;[ \t]*(?:\n|$)/))
        if (/^\s*CREATE/m.test(statement)) session.query(statement);
  });

  afterAll(() => {
    session.close();
    fs.rmSync(directory, { recursive: true, force: true });
  });

  const groups = [...new Set(golden.cases.map((entry) => entry.group))];
  it.each(groups)('%s', (group) => {
    const cases = golden.cases.filter((entry) => entry.group === group);
    const values = new Map<(typeof cases)[number], number>();
    for (const form of new Set(cases.map((entry) => entry.form))) {
      const same = cases.filter((entry) => entry.form === form);
      const tuples = same.map((entry) => `[${entry.arguments.map((number) => `toFloat64(${String(number)})`).join()}]`);
      const source = form.includes('$') ? `FROM (SELECT arrayJoin([${tuples.join()}]) AS a)` : '';
      const expression = form.replaceAll(/\$(\d+)/g, 'a[$1]');
      const lines = session.query(`SELECT toFloat64(${expression}) AS v ${source}`, 'TSV').trim().split('\n');
      same.forEach((entry, index) => values.set(entry, Number(lines[form.includes('$') ? index : 0])));
    }
    const wrong = cases.flatMap((entry) => {
      const got = values.get(entry) ?? NaN;
      const error = Math.abs(got - entry.value);
      return error <= entry.tolerance * Math.max(Math.abs(entry.value), entry.value === 0 ? 1 : 0)
        ? []
        : [
            `${entry.form} of ${entry.arguments.join()} is ${String(got)}, should be ${String(entry.value)} (off by ${String(error)})`,
          ];
    });
    expect(wrong).toEqual([]);
  });

  it('gives NaN for NaN instead of a wrong number', () => {
    const functions = [
      'suuupra_normal_cdf(nan)',
      'suuupra_normal_quantile(nan)',
      'suuupra_incomplete_beta(nan, 1, 0.5, 0.5)',
    ];
    const rows = session.query(`SELECT ${functions.map((sql) => `isNaN(${sql})`).join(', ')}`, 'TSV').trim();
    expect(rows).toBe('1\t1\t1');
  });
});
