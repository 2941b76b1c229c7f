import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LISTEN = '0A';
/** A command line is shown by its beginning and its end, where the name of a Java program stands. */
const COMMAND_HEAD = 30;
const COMMAND_TAIL = 70;

export interface PortOwner {
  readonly pid: number;
  readonly command: string;
}

/**
 * The process that listens on a port, where the system tells (on Linux its own processes, or all to root).
 */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  return process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port);
}

async function ownerFromProc(port: number): Promise<PortOwner | undefined> {
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const entry of await fs.readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    if (await holdsSocket(entry, inodes)) return { pid: Number(entry), command: await commandOf(entry) };
  }
  return undefined;
}

/** Rows of /proc/net/tcp: number, local address:port (hexadecimal), remote, state, … the tenth field is the inode. */
async function listeningInodes(port: number): Promise<Set<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await fs.readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(suffix) && fields[3] === LISTEN && fields[9] !== undefined) inodes.add(fields[9]);
    }
  }
  return inodes;
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const names = await fs.readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const name of names) {
    const target = await fs.readlink(`/proc/${pid}/fd/${name}`).catch(() => '');
    const match = /^socket:\[(\d+)\]$/.exec(target);
    if (match && inodes.has(match[1] as string)) return true;
  }
  return false;
}

async function commandOf(pid: string): Promise<string> {
  const text = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return shortenCommand(text.replaceAll('\0', ' ').trim());
}

async function ownerFromLsof(port: number): Promise<PortOwner | undefined> {
  try {
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${String(port)}`, '-sTCP:LISTEN', '-Fpc']);
    const pid = /^p(\d+)$/m.exec(stdout)?.[1];
    const command = /^c(.*)$/m.exec(stdout)?.[1];
    return pid === undefined ? undefined : { pid: Number(pid), command: command ?? '' };
  } catch {
    return undefined; // lsof is not installed, or nothing that we may see listens there
  }
}

export const shortenCommand = (text: string): string =>
  text.length <= COMMAND_HEAD + COMMAND_TAIL ? text : `${text.slice(0, COMMAND_HEAD)} … ${text.slice(-COMMAND_TAIL)}`;
