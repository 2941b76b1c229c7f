/**
 * ClickHouse's lexer (src/Parsers/Lexer.cpp), as far as it decides where a token begins and ends. It works on
 * bytes, held as a string of Latin-1 characters, because the data of an INSERT that follows the query need not be text.
 */

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'error';

export interface Token {
  readonly kind: TokenKind;
  /** The token as it stands in the query. */
  readonly text: string;
  /** `text` in capitals for a word, which is how keywords compare; empty for every other kind. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it; an opening and its closing bracket both count as inside. */
  readonly depth: number;
}

/** White space as ClickHouse skips it: ASCII, and the code points of skipWhitespacesUTF8 in their UTF-8 form. */
const SPACE =
  /(?:[ \t\n\r\f\v]|\xc2[\x85\xa0]|\xe1\xa0\x8e|\xe2\x80[\x80-\x8d\xa8\xa9\xaf]|\xe2\x81[\x9f\xa0]|\xe3\x80\x80|\xef\xbb\xbf)+/y;
const LINE_COMMENT = /(?:--|\/\/|#[ !])[^\n]*/y;
const HEX_OR_BINARY_QUOTE = /[xXbB]'/y;
const HEX_OR_BINARY_STRING = /(?:[xX]'[0-9a-fA-F]*'|[bB]'[01]*')/y;
/**
 * Numbers, with the letters that may follow them (`1st` is a name). The sign of an exponent belongs to the number even
 * where no digit follows: `1e--x` is `1e-`, `-`, `x` and no comment.
 */
const NUMBER =
  /(?:0[xX][0-9a-fA-F][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|(?:0[bB][01][0-9_]*|[0-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?|\.[0-9][0-9_]*(?:[eE][+-]?[0-9_]*)?)[0-9A-Za-z_]*/y;
/** After a dot (`tuple.1.2`) a number has no fraction and no exponent. */
const INTEGER = /[0-9][0-9A-Za-z_]*/y;
const WORD = /[A-Za-z0-9_$]+/y;
const DOUBLE_SYMBOL = /->|==|!=|<=>|<=|<>|>=|::|\|\||@@|\\G|\xe2\x88\x92/y;

const matchAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** End of a string in quotes of one byte: a backslash takes the next byte with it, a doubled quote stays inside. */
function endOfQuoted(text: string, at: number): number {
  const quote = text[at] as string;
  for (let position = at + 1; position < text.length; position++) {
    const byte = text[position];
    if (byte === '\\') position++;
    else if (byte === quote) {
      if (text[position + 1] !== quote) return position + 1;
      position++;
    }
  }
  return -1;
}

/** End of a block comment; they nest. */
function endOfComment(text: string, at: number): number {
  let open = 1;
  let position = at + 2;
  while (position + 2 <= text.length) {
    const pair = text.slice(position, position + 2);
    if (pair === '/*') open++;
    else if (pair === '*/') open--;
    else {
      position++;
      continue;
    }
    position += 2;
    if (open === 0) return position;
  }
  return -1;
}

/** End of `$tag$ … $tag$`, where the tag is any text without a dollar sign; -1 if it is no such string. */
function endOfHeredoc(text: string, at: number): number {
  const dollar = text.indexOf('$', at + 1);
  if (dollar < 0) return -1;
  const tag = text.slice(at, dollar + 1);
  const close = text.indexOf(tag, dollar + 1);
  return close < 0 ? -1 : close + tag.length;
}

const TYPOGRAPHIC_QUOTES: Readonly<Record<string, { close: string; kind: TokenKind }>> = {
  '\xe2\x80\x98': { close: '\xe2\x80\x99', kind: 'string' },
  '\xe2\x80\x9c': { close: '\xe2\x80\x9d', kind: 'quoted' },
};

type Span = readonly [kind: TokenKind | 'comment', end: number];

/** The span that begins with a certain byte, or undefined where that byte says nothing. -1 as an end: not closed. */
function spanByFirstByte(text: string, at: number): Span | undefined {
  switch (text[at]) {
    case "'":
      return ['string', endOfQuoted(text, at)];
    case '"':
    case '`':
      return ['quoted', endOfQuoted(text, at)];
    case '/':
      return text[at + 1] === '*' ? ['comment', endOfComment(text, at)] : undefined;
    case '$': {
      const end = endOfHeredoc(text, at);
      return end < 0 ? undefined : ['string', end];
    }
    case '\xe2': {
      const quote = TYPOGRAPHIC_QUOTES[text.slice(at, at + 3)];
      if (quote === undefined) return undefined;
      const close = text.indexOf(quote.close, at + 3);
      return [quote.kind, close < 0 ? -1 : close + quote.close.length];
    }
    default:
      return undefined;
  }
}

/** A dot between names (`a.1`, `f(x).2`) rather than the begin of a number such as `.5`. */
const isQualifier = (text: string, at: number, previous: Token | undefined): boolean =>
  text[at] === '.' &&
  previous !== undefined &&
  (previous.kind === 'word' ||
    previous.kind === 'quoted' ||
    previous.kind === 'number' ||
    isSymbol(previous, ')') ||
    isSymbol(previous, ']'));

function spanAt(text: string, at: number, previous: Token | undefined): Span {
  const byFirstByte = spanByFirstByte(text, at);
  if (byFirstByte !== undefined) return byFirstByte;
  if (isQualifier(text, at, previous)) return ['symbol', at + 1];
  if (matchAt(HEX_OR_BINARY_QUOTE, text, at) >= 0) return ['string', matchAt(HEX_OR_BINARY_STRING, text, at)];
  const patterns = [
    ['comment', LINE_COMMENT],
    ['number', isSymbol(previous, '.') ? INTEGER : NUMBER],
    ['word', WORD],
    ['symbol', DOUBLE_SYMBOL],
  ] as const;
  for (const [kind, pattern] of patterns) {
    const end = matchAt(pattern, text, at);
    if (end >= 0) return [kind, end];
  }
  return ['symbol', at + 1];
}

/**
 * The tokens of a query without white space and comments. What is not closed becomes one `error` token up to the end.
 * @param text bytes of the query as Latin-1 characters
 * @param from where to begin
 */
export function* tokens(text: string, from = 0): Generator<Token, void> {
  let at = from;
  let depth = 0;
  let previous: Token | undefined;
  while (at < text.length) {
    const afterSpace = matchAt(SPACE, text, at);
    if (afterSpace >= 0) {
      at = afterSpace;
      continue;
    }
    const [found, closed] = spanAt(text, at, previous);
    const end = closed < 0 ? text.length : closed;
    const kind = closed < 0 ? 'error' : found;
    const start = at;
    at = end;
    if (kind === 'comment') continue;
    const value = text.slice(start, end);
    if (kind === 'symbol' && '([{'.includes(value)) depth++;
    previous = { kind, text: value, keyword: kind === 'word' ? value.toUpperCase() : '', start, end, depth };
    yield previous;
    if (kind === 'symbol' && ')]}'.includes(value)) depth--;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  r: '\r',
  n: '\n',
  t: '\t',
  '0': '\0',
  a: '\x07',
  v: '\v',
  e: '\x1b',
};

/** The value of a token: of a string or a quoted identifier what stands between its quotes, with escapes resolved. */
export function valueOf(token: Token): string {
  const { text } = token;
  if (text.startsWith('\xe2')) return text.slice(3, -3);
  const quote = text[0] as string;
  if (quote === '$' && token.kind === 'string') {
    const tag = text.slice(0, text.indexOf('$', 1) + 1);
    return text.slice(tag.length, -tag.length);
  }
  if (!`'"\``.includes(quote)) return text;
  return text.slice(1, -1).replace(/''|""|``|\\(?:x[0-9a-fA-F]{2}|[^])/g, (found) => {
    if (found[0] !== '\\') return found[0] === quote ? quote : found;
    if (found.length === 4) return String.fromCharCode(parseInt(found.slice(2), 16));
    return ESCAPES[found[1] as string] ?? (found[1] as string);
  });
}

/** Whether a token is that symbol. */
export const isSymbol = (token: Token | undefined, symbol: string): boolean =>
  token?.kind === 'symbol' && token.text === symbol;

/** Whether a token names something, with or without quotes. */
export const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'quoted';
