import { isAscii, isUtf8 } from 'node:buffer';

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Longest line that is read. Kafka takes messages of a few MB, so a longer line is no event. */
export const MAX_LINE_BYTES = 8 << 20;
/** How much of a line that is too long is kept, to be recognised by. */
export const KEPT_OF_LONG_LINE = 64 << 10;

/** A line of a file; of one that is too long only the beginning. */
export interface Line {
  /** Number of the line, from 1. */
  readonly number: number;
  /** Bytes of the file after this line and its end of line. */
  readonly end: number;
  /** The line without its end of line; as bytes where they are no UTF-8, or too many. */
  readonly content: string | Buffer;
  readonly eol: '' | '\n' | '\r\n';
  /** Length of a line that is too long, undefined for all others. */
  readonly cutFrom: number | undefined;
}

/** Where the first line of a stream stands in its file. */
export interface LineStart {
  readonly line: number;
  readonly offset: number;
}

/**
 * Cuts a stream of bytes into lines, in batches, holding no more than a chunk and a line in memory. Lines end with LF
 * or CR LF; a byte order mark at the start of the file is left out.
 * @param chunks shorter than MAX_LINE_BYTES each
 * @param start where the stream stands in its file
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, start: LineStart): AsyncGenerator<Line[]> {
  const cutter = new LineCutter(start);
  for await (const chunk of chunks) {
    const lines = cutter.add(chunk);
    if (lines.length > 0) yield lines;
  }
  const last = cutter.finish();
  if (last !== undefined) yield [last];
}

class LineCutter {
  private number: number;
  private offset: number;
  /** Parts of a line whose end has not been seen yet, and their length. */
  private open: Buffer[] = [];
  private openLength = 0;

  constructor({ line, offset }: LineStart) {
    this.number = line;
    this.offset = offset;
  }

  /** The lines that end in this chunk. */
  add(chunk: Buffer): Line[] {
    const last = chunk.lastIndexOf(LF);
    if (last === -1) {
      this.keepOpen(chunk);
      return [];
    }
    const lines: Line[] = [];
    let from = 0;
    const first = chunk.indexOf(LF);
    if (this.openLength + first > MAX_LINE_BYTES) {
      this.keepOpen(chunk.subarray(0, first));
      lines.push(this.longLine(1));
      from = first + 1;
    }
    const whole = chunk.subarray(from, last + 1);
    this.cut(this.open.length === 0 ? whole : Buffer.concat([...this.open, whole]), lines);
    this.open = [];
    this.openLength = 0;
    if (last + 1 < chunk.length) this.keepOpen(chunk.subarray(last + 1));
    return lines;
  }

  /** What stands behind the last end of line. */
  finish(): Line | undefined {
    if (this.openLength === 0) return undefined;
    if (this.openLength > MAX_LINE_BYTES) return this.longLine(0);
    const lines: Line[] = [];
    this.cut(Buffer.concat([...this.open, Buffer.from('\n')]), lines);
    const [line] = lines as [Line];
    // The end of line was lent by us: what looks like CR LF is a lone CR.
    const content = line.eol === '\r\n' ? withCr(line.content) : line.content;
    return { ...line, content, eol: '', end: line.end - 1 };
  }

  private keepOpen(part: Buffer): void {
    this.open.push(part);
    this.openLength += part.length;
    if (this.openLength > MAX_LINE_BYTES) this.open = [Buffer.concat(this.open).subarray(0, KEPT_OF_LONG_LINE)];
  }

  private longLine(eolBytes: number): Line {
    const cutFrom = this.openLength;
    const content = Buffer.concat(this.open);
    this.open = [];
    this.openLength = 0;
    this.offset += cutFrom + eolBytes;
    return { number: this.number++, end: this.offset, content, eol: eolBytes === 0 ? '' : '\n', cutFrom };
  }

  /** Cuts whole lines. Most of the time they can be decoded in one go, which is much faster than line by line. */
  private cut(bytes: Buffer, lines: Line[]): void {
    const start = this.offset === 0 && bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
    this.offset += start;
    const text = start === 0 ? bytes : bytes.subarray(start);
    if (isUtf8(text)) this.cutText(text, lines);
    else this.cutBytes(text, lines);
  }

  private cutText(bytes: Buffer, lines: Line[]): void {
    const ascii = isAscii(bytes);
    const pieces = bytes.toString(ascii ? 'latin1' : 'utf8').split('\n');
    for (let at = 0; at < pieces.length - 1; at++) {
      const piece = pieces[at] as string;
      this.offset += (ascii ? piece.length : Buffer.byteLength(piece)) + 1;
      const crlf = piece.charCodeAt(piece.length - 1) === CR;
      lines.push({
        number: this.number++,
        end: this.offset,
        content: crlf ? piece.slice(0, -1) : piece,
        eol: crlf ? '\r\n' : '\n',
        cutFrom: undefined,
      });
    }
  }

  private cutBytes(bytes: Buffer, lines: Line[]): void {
    let from = 0;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
      const crlf = at > from && bytes[at - 1] === CR;
      const piece = bytes.subarray(from, crlf ? at - 1 : at);
      this.offset += at + 1 - from;
      lines.push({
        number: this.number++,
        end: this.offset,
        content: isUtf8(piece) ? piece.toString('utf8') : piece,
        eol: crlf ? '\r\n' : '\n',
        cutFrom: undefined,
      });
      from = at + 1;
    }
  }
}

const withCr = (content: string | Buffer): string | Buffer =>
  typeof content === 'string' ? `${content}\r` : Buffer.concat([content, Buffer.from([CR])]);
