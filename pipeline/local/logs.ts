import fs from 'node:fs';
import path from 'node:path';
import { SuuupraError } from '@suuupra/core';
import { homePaths } from './home.ts';
import { sleep } from './supervisor/sleep.ts';

const BLOCK_BYTES = 64 * 1024;
const FOLLOW_POLL_MS = 200;

/** The parts that have written a log in a home. */
export function logNames(home: string): string[] {
  const { logs } = homePaths(home);
  if (!fs.existsSync(logs)) return [];
  return fs
    .readdirSync(logs)
    .filter((name) => name.endsWith('.log'))
    .map((name) => name.slice(0, -'.log'.length))
    .sort();
}

/**
 * The log of a part.
 * @throws SuuupraError not_found
 */
export function logFile(home: string, part: string): string {
  const names = logNames(home);
  if (!names.includes(part))
    throw new SuuupraError('not_found', `There is no log of ${part} in ${home}`, {
      hint: names.length === 0 ? 'No stack has run there yet.' : `There are logs of ${names.join(', ')}.`,
    });
  return path.join(homePaths(home).logs, `${part}.log`);
}

/**
 * The last lines of a file, read from its end.
 * @returns the text and the offset where it ends
 */
export async function tail(file: string, lines: number): Promise<{ text: string; end: number }> {
  const handle = await fs.promises.open(file, 'r');
  try {
    const { size } = await handle.stat();
    let begin = size;
    let buffer = Buffer.alloc(0);
    // One line break more than lines: the one before the first line, unless the file ends without one.
    while (begin > 0 && countBreaks(buffer) <= lines) {
      const length = Math.min(BLOCK_BYTES, begin);
      begin -= length;
      const block = Buffer.alloc(length);
      await handle.read(block, 0, length, begin);
      buffer = Buffer.concat([block, buffer]);
    }
    return { text: lastLines(buffer.toString('utf8'), lines), end: size };
  } finally {
    await handle.close();
  }
}

function countBreaks(buffer: Buffer): number {
  let count = 0;
  for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, at + 1)) count++;
  return count;
}

function lastLines(text: string, lines: number): string {
  const ended = text.endsWith('\n');
  const all = (ended ? text.slice(0, -1) : text).split('\n');
  if (text === '' || lines === 0) return '';
  return all.slice(-lines).join('\n') + (ended ? '\n' : '');
}

/**
 * Gives what is appended to a file from an offset on, until the signal ends it. A file that became shorter was emptied
 * and is read from its beginning.
 */
export async function follow(
  file: string,
  from: number,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  // A character may be cut by the end of what is there now: the decoder keeps its beginning.
  const decoder = new TextDecoder();
  let offset = from;
  while (!signal.aborted) {
    const { size } = await fs.promises.stat(file);
    if (size < offset) offset = 0;
    if (size > offset) {
      for await (const chunk of fs.createReadStream(file, { start: offset, end: size - 1 }))
        write(decoder.decode(chunk as Buffer, { stream: true }));
      offset = size;
    }
    await sleep(FOLLOW_POLL_MS, signal);
  }
}
