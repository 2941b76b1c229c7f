const TAIL_LINES = 40;
const LINE_MAX = 300;

/**
 * The line of an output that most likely says why a process ended: the last that speaks of an error, else the last.
 */
export function lastWords(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(-TAIL_LINES);
  const telling = lines.findLast((line) =>
    /\b(ERROR|FATAL)\b|^(Caused by|Exception in|Error)\b|(Error|Exception): /.test(line),
  );
  return (telling ?? lines.at(-1))?.slice(0, LINE_MAX);
}
