import fs from 'node:fs';
import path from 'node:path';

const LARGEST_BYTES = 32 * 1024 * 1024;

export const logFileOf = (logDir: string, part: string): string => path.join(logDir, `${part}.log`);

/**
 * Keeps log files from growing without end. A part has its file open and appends to it, so the file is copied to
 * `NAME.log.1` and emptied in place; what is written between the two is lost, which a log may.
 */
export async function rotateLogs(logDir: string): Promise<void> {
  for (const name of await fs.promises.readdir(logDir)) {
    if (!name.endsWith('.log')) continue;
    const file = path.join(logDir, name);
    const { size } = await fs.promises.stat(file);
    if (size < LARGEST_BYTES) continue;
    await fs.promises.copyFile(file, `${file}.1`);
    await fs.promises.truncate(file);
  }
}
