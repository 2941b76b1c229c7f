import { describe, expect, it } from 'vitest';
import { addressOf } from './backend.ts';

describe('addressOf', () => {
  it('makes an address absolute and adds its parameters', () => {
    expect(addressOf({ url: 'api/search', params: { query: 'a b', tag: ['x', 'y'], limit: 10 } })).toBe(
      '/api/search?query=a+b&tag=x&tag=y&limit=10',
    );
  });

  it('keeps parameters that the address has and leaves out those without a value', () => {
    expect(addressOf({ url: '/api/ds/query?ds_type=x', params: { a: undefined, b: null, c: 0 } })).toBe(
      '/api/ds/query?ds_type=x&c=0',
    );
    expect(addressOf({ url: 'https://example.org/a' })).toBe('https://example.org/a');
  });
});
