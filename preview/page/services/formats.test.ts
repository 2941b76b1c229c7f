import { describe, expect, it } from 'vitest';
import { formatValue, type VariableValue } from './formats.ts';

const format = (value: VariableValue, name?: string): string => formatValue(value, name, 'country', 'Shown');

describe('formatValue', () => {
  it.each([
    [undefined, '{DE,FR}'],
    ['glob', '{DE,FR}'],
    ['csv', 'DE,FR'],
    ['raw', 'DE,FR'],
    ['pipe', 'DE|FR'],
    ['regex', '(DE|FR)'],
    ['json', '["DE","FR"]'],
    ['singlequote', "'DE','FR'"],
    ['doublequote', '"DE","FR"'],
    ['sqlstring', "'DE','FR'"],
    ['queryparam', 'var-country=DE&var-country=FR'],
    ['distributed', 'DE,country=FR'],
    ['percentencode', '%7BDE%2CFR%7D'],
    ['text', 'Shown'],
    ['html', 'DE, FR'],
    ['no such format', '{DE,FR}'],
  ])('writes several values as %s', (name, written) => {
    expect(format(['DE', 'FR'], name)).toBe(written);
  });

  it('writes one value without brackets', () => {
    expect([format(['DE']), format('DE', 'regex'), format(7), format(true)]).toEqual(['DE', 'DE', '7', 'true']);
  });

  it('escapes what a format gives a meaning to', () => {
    expect(format("it's", 'sqlstring')).toBe("'it''s'");
    expect(format("it's", 'singlequote')).toBe("'it\\'s'");
    expect(format('a.b*', 'regex')).toBe('a\\.b\\*');
    expect(format('<b>', 'html')).toBe('&lt;b&gt;');
    expect(format('a&b', 'queryparam')).toBe('var-country=a%26b');
  });
});
