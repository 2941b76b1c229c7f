import type { PartSnapshot, PartState, StackSnapshot, StepSnapshot } from '@suuupra/local';
import Table from 'cli-table3';
import pc from 'picocolors';

const COLOUR: Readonly<Record<PartState, (text: string) => string>> = {
  waiting: pc.dim,
  starting: pc.yellow,
  ready: pc.green,
  unhealthy: pc.red,
  restarting: pc.red,
  stopping: pc.yellow,
  stopped: pc.dim,
  failed: pc.red,
};

const NO_BORDERS = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
} as const;

/** Rows under bold headings, columns two blanks apart. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const result = new Table({
    ...NO_BORDERS,
    style: { ...NO_BORDERS.style, head: [], border: [] },
    head: head.map((text) => pc.bold(text)),
  });
  result.push(...rows.map((row) => [...row]));
  return result
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

export const megabytes = (bytes: number | null): string =>
  bytes === null ? '–' : `${String(Math.round(bytes / 2 ** 20))} MB`;

export const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** One line per part: state, port, process, memory, restarts and why the last one was needed. */
export const partTable = (parts: readonly PartSnapshot[]): string =>
  table(
    ['part', 'state', 'port', 'pid', 'memory', 'restarts', ''],
    parts.map((part) => [
      part.name,
      COLOUR[part.state](part.state),
      part.port === null ? '–' : String(part.port),
      part.pid === null ? '–' : String(part.pid),
      megabytes(part.memoryBytes),
      String(part.restarts),
      part.lastFailure === null ? '' : pc.dim(part.lastFailure.slice(0, 80)),
    ]),
  );

const STEP_MARK: Readonly<Record<StepSnapshot['state'], string>> = { running: '…', done: '✓', failed: '✗' };

const stepLine = ({ name, state, seconds: time }: StepSnapshot): string =>
  `${STEP_MARK[state]} ${name} ${pc.dim(seconds(time))}`;

/** The whole picture of a stack that starts, runs or stops. */
export function stackPicture(snapshot: StackSnapshot): string {
  const lines = [`${pc.bold('stack')} ${snapshot.state} ${pc.dim(snapshot.home)}`];
  if (snapshot.parts.length > 0) lines.push('', partTable(snapshot.parts));
  if (snapshot.state === 'starting') lines.push('', snapshot.steps.map(stepLine).join('   '));
  if (snapshot.state === 'ready') lines.push('', `ready after ${seconds(snapshot.seconds ?? 0)}; Ctrl-C stops it`);
  return `${lines.join('\n')}\n`;
}

/** What every step of the start took, on one line. */
export const stepSummary = (snapshot: StackSnapshot): string =>
  snapshot.steps.map(({ name, seconds: time }) => `${name} ${seconds(time)}`).join(', ');
