import { describe, expect, test } from 'vitest';
import { compile, DefinitionError, normalize } from './index.ts';

const FUNNEL = { analysis: 'funnel', steps: [{ event: 'page_view' }, { event: 'purchase' }] };

/** The faults of a definition as (path, found, allowed). */
function faultsOf(definition: unknown): unknown[] {
  try {
    normalize(definition);
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults.map(({ path, found, allowed }) => [path, found, allowed]);
    throw error;
  }
  return [];
}

const faultPaths = (definition: unknown): unknown[] => faultsOf(definition).map((fault) => (fault as unknown[])[0]);

describe('normalisation', () => {
  test('fills in every default', () => {
    expect(normalize(FUNNEL)).toEqual({
      analysis: 'funnel',
      timezone: 'UTC',
      filters: [],
      confidence: 0.95,
      steps: [
        { event: 'page_view', filters: [] },
        { event: 'purchase', filters: [] },
      ],
      window_seconds: 86_400,
      order: 'ordered',
      unit: 'user',
      exclusions: [],
    });
  });

  test('writes times in UTC with milliseconds, a bare as_of as the end of its day', () => {
    const times = { from: '2025-01-01', to: '2025-02-01T00:00', as_of: '2025-02-01', timezone: 'Europe/Berlin' };
    expect(normalize({ ...FUNNEL, ...times })).toMatchObject({
      from: '2024-12-31T23:00:00.000Z',
      to: '2025-01-31T23:00:00.000Z',
      as_of: '2025-02-01T22:59:59.999Z',
    });
  });

  test('leaves what it made as it is, and its input untouched', () => {
    const input = Object.freeze({ ...FUNNEL, from: '2025-01-01', timezone: 'Asia/Kolkata' });
    const once = normalize(input);
    expect(normalize(once)).toEqual(once);
    expect(input).toEqual({ ...FUNNEL, from: '2025-01-01', timezone: 'Asia/Kolkata' });
  });

  test('freezes the result all the way down', () => {
    const definition = normalize(FUNNEL) as { steps: { filters: unknown[] }[] };
    expect(() => definition.steps[0]?.filters.push({})).toThrow(TypeError);
  });
});

describe('a bad definition is refused with the path, what was found and what is allowed', () => {
  test.each([
    [42, ['', '42', 'an object']],
    [[FUNNEL], ['', '[{"analysis":"funnel","steps":[{"event":"page_view"},{"event":"purchase"}]}]', 'an object']],
    [{ ...FUNNEL, order: 'sorted' }, ['order', '"sorted"', '"ordered" or "strict" or "any"']],
    [{ ...FUNNEL, confidence: 1 }, ['confidence', '1', 'a number between 0 and 1']],
    [
      { ...FUNNEL, steps: [{ event: 'page_view' }] },
      ['steps', '[{"event":"page_view","filters":[]}]', 'at least 2 entries'],
    ],
    [
      { ...FUNNEL, steps: [{ event: 'page_view' }, { name: 'x' }] },
      ['steps.1.event', 'nothing', 'a value: the field is required'],
    ],
    [{ ...FUNNEL, unit: { property: 3 } }, ['unit.property', '3', 'text']],
    [
      { ...FUNNEL, from: '2025-02-01', to: '2025-01-01' },
      ['to', '"2025-01-01T00:00:00.000Z"', 'a time at or after `from`, which is "2025-02-01T00:00:00.000Z"'],
    ],
  ])('%j', (definition, fault) => {
    expect(faultsOf(definition)).toEqual([fault]);
  });

  test('an unknown field is answered with those that exist', () => {
    expect(faultsOf({ ...FUNNEL, steps: [...FUNNEL.steps, { event: 'x', filter: [] }] })).toEqual([
      ['steps.2.filter', '[]', 'no such field, only event, filters, name'],
    ]);
  });

  test('an unknown analysis is answered with those that exist', () => {
    const [fault] = faultsOf({ analysis: 'funel' });
    expect(fault).toEqual(['analysis', '"funel"', expect.stringContaining('"funnel" or "retention"')]);
  });

  test('all faults are reported together', () => {
    const filters = [{ property: '', op: 'eq', value: 1 }, { property: 'x', op: 'like', value: 1 }, { any: [] }];
    expect(faultPaths({ ...FUNNEL, timezone: 'Nowhere', window_seconds: -1, filters })).toEqual([
      'timezone',
      'filters.0.property',
      'filters.1.op',
      'filters.2.any',
      'window_seconds',
    ]);
  });

  test.each([
    [{ property: 'x', op: 'eq', value: null }, 'filters.0.value'],
    [{ property: 'x', op: 'in', value: 'a' }, 'filters.0.value'],
    [{ property: 'x', op: 'gt', value: true }, 'filters.0.value'],
    [{ property: 'x', op: 'contains', value: 1 }, 'filters.0.value'],
    [{ property: 'x', op: 'exists', value: true }, 'filters.0.value'],
    [{ property: 'x', op: 'eq' }, 'filters.0.value'],
    [{ any: [{ property: 'x', op: 'eq', value: [] }] }, 'filters.0.any.0.value'],
    [{ any: [[{ property: 'x', op: 'lt', value: {} }]] }, 'filters.0.any.0.0.value'],
  ])('the filter %j at %s', (filter, path) => {
    expect(faultPaths({ ...FUNNEL, filters: [filter] })).toEqual([path]);
  });

  test.each([
    [[{ event: 'x', after_step: 2, before_step: 2 }], 'ordered', 'exclusions.0.after_step'],
    [[{ event: 'x', after_step: 1, before_step: 3 }], 'strict', 'exclusions.0.before_step'],
    [[{ event: 'x', after_step: 1, before_step: 2 }], 'any', 'exclusions'],
  ])('the exclusions %j in order %s at %s', (exclusions, order, path) => {
    expect(faultPaths({ ...FUNNEL, order, exclusions })).toEqual([path]);
  });
});

describe('compilation', () => {
  test('the same definition always gives the same text and parameters, frozen', () => {
    const [one, other] = [compile(FUNNEL), compile(structuredClone(FUNNEL))];
    expect(one).toEqual(other);
    expect(Object.isFrozen(one) && Object.isFrozen(one.params) && Object.isFrozen(one.columns)).toBe(true);
  });

  const HOSTILE = ["'; DROP TABLE events; --", '`) UNION ALL SELECT 1', '{p:String}', 'a\\\'b\t\n"', '𝒳 ünïcode'];

  test.each(HOSTILE)('%j from a definition is bound and never becomes text of the query', (text) => {
    const { sql, params } = compile({
      ...FUNNEL,
      filters: [
        { property: text, op: 'eq', value: text },
        { property: 'plain', op: 'in', value: [text, 1] },
        { property: 'plain', op: 'matches', value: text },
      ],
      breakdown: text,
      unit: { property: text },
    });
    expect(sql).not.toContain(text);
    expect(Object.values(params)).toContainEqual({ type: 'Identifier', value: `properties.${text}` });
    expect(Object.values(params)).toContainEqual({ type: 'String', value: text });
  });

  test('reads the events in the database it is told, every event once, and nothing else', () => {
    const { sql } = compile(FUNNEL, { database: 'other' });
    expect(new Set(sql.match(/\w+\.events FINAL/g))).toEqual(new Set(['other.events FINAL']));
    expect(sql).not.toMatch(/FROM (?!other\.events FINAL\b)\w+\.\w+/);
  });
});
