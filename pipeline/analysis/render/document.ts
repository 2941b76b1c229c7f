/**
 * Layout of printed SQL. A document that fits on the line is printed flat; one that does not is broken at its
 * outermost level, and its parts are laid out in turn.
 */
export type Document = string | readonly Document[] | Block;

/** Parts between brackets or on lines of their own. */
export interface Block {
  readonly open: string;
  readonly parts: readonly Document[];
  /** Stands between two parts; printed at the end of a line (`,`) or the beginning of the next (`AND `). */
  readonly separator: { readonly trailing?: string; readonly leading?: string };
  readonly close: string;
  /** Whether the parts are indented when broken. */
  readonly indent: boolean;
  /** Broken even where it would fit. */
  readonly broken?: boolean;
}

const WIDTH = 110;
const STEP = 2;

/** `open part, part close`. */
export const bracketed = (open: string, parts: readonly Document[], close: string): Document =>
  parts.length === 0 ? open + close : { open, parts, separator: { trailing: ',' }, close, indent: true };

/** Parts with an operator before each but the first. */
export const infix = (operator: string, parts: readonly Document[]): Document => ({
  open: '',
  parts,
  separator: { leading: `${operator} ` },
  close: '',
  indent: false,
});

/** `WORD part, part`. */
export const clause = (word: string, parts: readonly Document[]): Document => ({
  open: `${word} `,
  parts,
  separator: { trailing: ',' },
  close: '',
  indent: true,
});

/** Clauses, each on a line of its own when broken. */
export const lines = (parts: readonly Document[], broken = false): Block => ({
  open: '',
  parts,
  separator: {},
  close: '',
  indent: false,
  broken,
});

function isBroken(document: Document): boolean {
  if (typeof document === 'string') return document.includes('\n');
  if ('parts' in document) return document.broken === true || document.parts.some(isBroken);
  return document.some(isBroken);
}

function flat(document: Document): string {
  if (typeof document === 'string') return document;
  if (!('parts' in document)) return document.map(flat).join('');
  const { open, parts, separator, close } = document;
  return open + parts.map(flat).join(`${separator.trailing ?? ''} ${separator.leading ?? ''}`) + close;
}

/** Prints a document whose first line begins at `column` and whose further lines are indented by `indent`. */
function print(document: Document, indent: number, column: number): string {
  if (!isBroken(document)) {
    const line = flat(document);
    if (column + line.length <= WIDTH || typeof document === 'string') return line;
  }
  if (typeof document === 'string') return document;
  if (!('parts' in document)) return printSequence(document, indent, column);
  const inner = document.indent ? indent + STEP : indent;
  const newline = `\n${' '.repeat(inner)}`;
  const { leading = '', trailing = '' } = document.separator;
  const printed = document.parts.map((part, index) => {
    const before = index === 0 ? '' : leading;
    return before + print(part, inner, inner + before.length);
  });
  const body = printed.join(trailing + newline);
  if (!document.indent) return document.open + body + document.close;
  const end = document.close === '' ? '' : `\n${' '.repeat(indent)}${document.close}`;
  return `${document.open.trimEnd()}${newline}${body}${end}`;
}

function printSequence(documents: readonly Document[], indent: number, column: number): string {
  let text = '';
  for (const document of documents) {
    const end = text.lastIndexOf('\n');
    text += print(document, indent, end < 0 ? column + text.length : text.length - end - 1);
  }
  return text;
}

/** The text of a document. */
export const layout = (document: Document): string => print(document, 0, 0);
