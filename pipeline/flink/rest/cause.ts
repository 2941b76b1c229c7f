/** A Java stack trace line, also the `... 12 more` that closes a cause. */
const FRAME = /^\s*(at\s|\.\.\.\s\d+\smore)/;
const CAUSED_BY = /^\s*Caused by:\s*/;
const SUPPRESSED = /^\s*Suppressed:\s*/;

/** Exceptions that only wrap: what they say is said better by their cause. */
const CLASS_NAME = /^(?:[a-z_$][\w$]*\.)+[A-Z][\w$]*(?::\s*|$)/;

/**
 * The message at the bottom of a Java stack trace, without class names and frames.
 * Flink answers with whole traces; the innermost cause is the only part that says what to do.
 * @param trace text of a stack trace, or any other text (returned as it is, trimmed)
 */
export function innermostCause(trace: string): string {
  const blocks: string[][] = [[]];
  let suppressed = false;
  for (const line of trace.split('\n')) {
    if (CAUSED_BY.test(line)) {
      blocks.push([line.replace(CAUSED_BY, '')]);
      suppressed = false;
    } else if (SUPPRESSED.test(line)) suppressed = true;
    else if (!suppressed && !FRAME.test(line)) blocks.at(-1)?.push(line);
  }
  // A cause may have no message of its own (`java.lang.NullPointerException`): the one above it then says more.
  const messages = blocks.map((lines) => messageOf(lines.join('\n')));
  return messages.reverse().find((message) => message !== '') ?? trace.trim();
}

/** Strips the markers and the class names in front: `<Exception on server side:` and `org.apache….SomeException: `. */
function messageOf(block: string): string {
  let text = block.replace(/^<Exception on server side:\s*|\s*End of exception on server side>\s*$/g, '').trim();
  while (CLASS_NAME.test(text)) text = text.replace(CLASS_NAME, '');
  return text.trim();
}

export interface Position {
  /** Counted from 1, inside the statement. */
  readonly line: number;
  readonly column: number;
}

/** Where in the statement Flink's parser or validator saw the fault, if its message says so. */
export function positionIn(message: string): Position | undefined {
  const found = /\bline (\d+), column (\d+)/i.exec(message);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : undefined;
}
