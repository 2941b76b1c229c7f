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
    const values: number[] = [];
    const step = 40; // one statement of many expressions: each is expanded as text, so not all at once
    for (let start = 0; start < cases.length; start += step) {
      const list = cases.slice(start, start + step).map((entry) => `toFloat64(${entry.sql})`);
      const line = session.query(`SELECT [${list.join(', ')}] AS v`, 'JSONEachRow');
      values.push(...(JSON.parse(line) as { v: number[] }).v);
    }
    const wrong = cases.flatMap((entry, index) => {
      const got = values[index] ?? NaN;
      const error = Math.abs(got - entry.value);
      return error <= entry.tolerance * Math.max(Math.abs(entry.value), entry.value === 0 ? 1 : 0)
        ? []
        : [`${entry.sql} is ${String(got)}, should be ${String(entry.value)} (off by ${String(error)})`];
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
