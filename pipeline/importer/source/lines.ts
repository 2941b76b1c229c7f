const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Longest line that is read. Kafka takes messages of about 1 MB, so a longer line is no event. */
export const MAX_LINE_BYTES = 8 << 20;
/** How much of a line that is too long is kept, to be recognised by. */
export const KEPT_OF_LONG_LINE = 64 << 10;

/** A line of a file; of one that is too long only the beginning. */
export interface Line {
  /** Number of the line, from 1. */
  readonly number: number;
  /** Bytes of the file after this line and its end of line. */
  readonly end: number;
  /** The line without its end of line. */
  readonly bytes: Buffer;
  readonly eol: '' | '\n' | '\r\n';
  /** Length of a line that is too long, undefined for all others. */
  readonly cutFrom: number | undefined;
}

/** Where the first line of a stream stands in its file. */
export interface LineStart {
  readonly line: number;
  readonly offset: number;
}

/** What is collected of a line whose end has not been seen yet. */
class OpenLine {
  private parts: Buffer[] = [];
  private kept = 0;
  length = 0;

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length > MAX_LINE_BYTES) this.shorten();
    if (this.kept < KEPT_OF_LONG_LINE || this.length <= MAX_LINE_BYTES) {
      this.parts.push(part);
      this.kept += part.length;
    }
  }

  private shorten(): void {
    if (this.kept <= KEPT_OF_LONG_LINE) return;
    this.parts = [Buffer.concat(this.parts).subarray(0, KEPT_OF_LONG_LINE)];
    this.kept = KEPT_OF_LONG_LINE;
  }

  take(): { bytes: Buffer; cutFrom: number | undefined } {
    const [first = Buffer.alloc(0)] = this.parts;
    const whole = this.parts.length > 1 ? Buffer.concat(this.parts) : first;
    const long = this.length > MAX_LINE_BYTES;
    const result = {
      bytes: long ? whole.subarray(0, KEPT_OF_LONG_LINE) : whole,
      cutFrom: long ? this.length : undefined,
    };
    this.parts = [];
    this.kept = 0;
    this.length = 0;
    return result;
  }
}

/**
 * Cuts a stream of bytes into lines, in batches, holding no more than a chunk and a line in memory. Lines end with LF
 * or CR LF; a byte order mark at the start of the file is left out.
 * @param start where the stream stands in its file
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, start: LineStart): AsyncGenerator<Line[]> {
  const open = new OpenLine();
  let number = start.line;
  let offset = start.offset;

  const close = (ended: boolean): Line => {
    const length = open.length;
    const { bytes: taken, cutFrom } = open.take();
    let bytes = taken;
    if (offset === 0 && bytes.subarray(0, BOM.length).equals(BOM)) bytes = bytes.subarray(BOM.length);
    offset += length + (ended ? 1 : 0);
    let eol: Line['eol'] = ended ? '\n' : '';
    if (ended && cutFrom === undefined && bytes[bytes.length - 1] === CR) {
      bytes = bytes.subarray(0, -1);
      eol = '\r\n';
    }
    return { number: number++, end: offset, bytes, eol, cutFrom };
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      open.add(chunk.subarray(from, at));
      lines.push(close(true));
      from = at + 1;
    }
    if (from < chunk.length) open.add(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (open.length > 0) yield [close(false)];
}
