import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, normalize } from '../compile.ts';
import { DefinitionError } from '../definitions/error.ts';
import { REASONS } from './reasons.ts';

const user = '00000000-0000-4000-8000-00000000000a';

const faultsOf = (definition: unknown): unknown => {
  try {
    normalize(definition);
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults;
    throw error;
  }
  return [];
};

describe('the definition of why', () => {
  test('fills in the defaults of the definition that it is about, once and for all', () => {
    const once = normalize({ analysis: 'why', of: { analysis: 'activity' }, user: user.toUpperCase() });
    expect(once).toEqual({
      analysis: 'why',
      of: { analysis: 'activity', timezone: 'UTC', filters: [], confidence: 0.95 },
      user,
    });
    expect(normalize(once)).toEqual(once);
  });

  test('names faults by where they stand in it', () => {
    expect(faultsOf({ analysis: 'why', of: { analysis: 'sessions', gap_seconds: -1 }, user })).toEqual([
      { path: 'of.gap_seconds', found: '-1', allowed: 'at least 0' },
    ]);
    expect(faultsOf({ analysis: 'why', of: 3, user })).toEqual([
      { path: 'of', found: '3', allowed: 'the definition of an analysis of users' },
    ]);
    expect(faultsOf({ analysis: 'why', of: { analysis: 'activity' }, user: 'me' })).toEqual([
      { path: 'user', found: '"me"', allowed: 'a user_id, which is a UUID' },
    ]);
  });

  test('is not about itself', () => {
    const of = { analysis: 'why', of: { analysis: 'activity' }, user };
    expect(faultsOf({ analysis: 'why', of, user })).toMatchObject([{ path: 'of.analysis', found: '"why"' }]);
  });

  test('binds the user and never prints it', () => {
    const { sql, params } = compile({ analysis: 'why', of: { analysis: 'sessions' }, user });
    expect(sql).not.toContain(user);
    expect(Object.values(params)).toContainEqual({ type: 'UUID', value: user });
  });
});

test('the reasons are those of docs/analyses.md, all of them and no others', () => {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, '../../../docs/analyses.md'), 'utf8');
  const table = text.slice(text.indexOf('| reason | the event'), text.indexOf('For segments `reason`'));
  const listed = [...table.matchAll(/^\| `([a-z_]+)` \|/gm)].map((match) => match[1]);
  expect(listed).toEqual([...REASONS]);
});
