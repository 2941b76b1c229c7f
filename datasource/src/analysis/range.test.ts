import { describe, expect, it } from 'vitest';
import { compileForRange, compileForRequest } from './range.ts';

const user = '00000000-0000-4000-8000-000000000001';
const range = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' };
const funnel = { analysis: 'funnel', steps: [{ event: 'view' }, { event: 'purchase' }] };

describe('the times that a definition leaves out', () => {
  it('are those of the request', () => {
    expect(compileForRequest(funnel, range).definition).toMatchObject(range);
  });

  it('are those of the analysis that "why" is asked of', () => {
    const { definition } = compileForRequest({ analysis: 'why', user, of: funnel }, range);
    expect(definition).toMatchObject({ analysis: 'why', user, of: range });
  });

  it('stay open in what is stored, also in "why"', () => {
    const { definition, params } = compileForRange({ analysis: 'why', user, of: { ...funnel, from: range.from } });
    expect(definition).toMatchObject({ of: { from: range.from } });
    expect(definition).not.toHaveProperty('of.to');
    expect(Object.values(params).some(({ bind }) => bind === 'to')).toBe(true);
    expect(Object.values(params).some(({ bind }) => bind === 'from')).toBe(false);
  });
});
