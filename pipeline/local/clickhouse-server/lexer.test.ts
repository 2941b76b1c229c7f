import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSymbol, tokens, valueOf, type Token } from './lexer.ts';

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const lex = (text: string): Token[] => [...tokens(bytes(text))];
const texts = (text: string): string[] => lex(text).map((token) => token.text);
const first = (text: string): Token => lex(text)[0] as Token;

describe('tokens', () => {
  it('splits words, numbers and symbols', () => {
    expect(texts('SELECT a.b, count(*) FROM t WHERE x>=1.5e-3')).toEqual([
      'SELECT',
      'a',
      '.',
      'b',
      ',',
      'count',
      '(',
      '*',
      ')',
      'FROM',
      't',
      'WHERE',
      'x',
      '>=',
      '1.5e-3',
    ]);
  });

  it.each([
    ["'it''s'", 'string'],
    [String.raw`'a\'b'`, 'string'],
    ["'a;b--c/*d'", 'string'],
    ['"a""b"', 'quoted'],
    ['`a``b`', 'quoted'],
    ['$tag$ a;b $tag$', 'string'],
    ['$$ ; $$', 'string'],
    ["x'4142'", 'string'],
    ["b'0101'", 'string'],
    ['‘a;b’', 'string'],
    ['“a;b”', 'quoted'],
    ['0x1F', 'number'],
    ['1_000', 'number'],
    ['.5', 'number'],
    ['_a$b1', 'word'],
  ])('takes %s as one %s', (text, kind) => {
    expect(lex(text).map((token) => [token.text, token.kind])).toEqual([[bytes(text), kind]]);
  });

  it.each(['-- ; \n', '// ; \n', '# ; \n', '#! ; \n', '/* ; /* nested ; */ ; */'])(
    'skips the comment %j',
    (comment) => {
      expect(texts(`a ${comment} b`)).toEqual(['a', 'b']);
    },
  );

  it('does not take # before a word for a comment', () => {
    expect(texts('a #b')).toEqual(['a', '#', 'b']);
  });

  it('skips the white space that ClickHouse skips, also outside ASCII', () => {
    expect(texts('a\u00a0b\u2003c\u3000d\ufeffe')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('takes the sign of an exponent without digits into the number, so that 1e--x is no comment', () => {
    expect(texts('1e--x')).toEqual(['1e-', '-', 'x']);
    expect(texts('1e--;x')).toEqual(['1e-', '-', ';', 'x']);
  });

  it('knows no exponent after a dot between names', () => {
    expect(texts('t.1e--x')).toEqual(['t', '.', '1e']);
    expect(texts('t.1.2')).toEqual(['t', '.', '1', '.', '2']);
  });

  it.each(["'open", '"open', '`open', '/* open', "'a\\'", "x'zz'", '‘open'])('gives one error token for %j', (text) => {
    expect(lex(`a ${text}`).map((token) => token.kind)).toEqual(['word', 'error']);
  });

  it('takes a dollar sign without its partner for part of a word', () => {
    expect(lex('$a ; b').map((token) => token.text)).toEqual(['$a', ';', 'b']);
  });

  it('counts brackets', () => {
    expect(lex('a (b [c] {d}) e').map((token) => token.depth)).toEqual([0, 1, 1, 2, 2, 2, 2, 2, 2, 1, 0]);
  });

  it('covers any bytes with tokens in order and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        let end = 0;
        for (const token of tokens(Buffer.from(data).toString('latin1'))) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
        }
      }),
    );
  });
});

describe('valueOf', () => {
  it.each([
    ["'it''s'", "it's"],
    [String.raw`'a\'b\\c\n'`, "a'b\\c\n"],
    ['`fi\\x6ce`', 'file'],
    ['`a``b`', 'a`b'],
    ['"a""b"', 'a"b'],
    ['$t$x$t$', 'x'],
    ['“file”', 'file'],
    ['file', 'file'],
  ])('reads %s', (text, value) => {
    expect(valueOf(first(text))).toBe(value);
  });
});

describe('isSymbol', () => {
  it('tells a bracket from a string that holds one', () => {
    expect(isSymbol(first('('), '(')).toBe(true);
    expect(isSymbol(first("'('"), '(')).toBe(false);
  });
});
