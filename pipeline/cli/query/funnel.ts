import type { Definition } from '@suuupra/analysis';
import type { Answer, Row } from '@suuupra/clickhouse';
import pc from 'picocolors';
import { count, duration, percent } from './numbers.ts';

type Funnel = Extract<Definition, { analysis: 'funnel' }>;

const BLOCKS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of a share of `width` characters, to an eighth of a character; what is not nothing is seen. */
export function bar(share: number, width: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (BLOCKS[eighths % 8] ?? '');
}

const LONGEST_NAME = 32;
const LEAST_BAR = 10;

interface Line {
  readonly name: string;
  readonly share: number;
  readonly facts: string;
}

function lineOf(row: Row, funnel: Funnel): Line {
  const position = Number(row.step);
  const step = funnel.steps[position - 1];
  const name = `${String(position)} ${step?.name ?? String(row.event)}`.slice(0, LONGEST_NAME);
  const later =
    position === 1
      ? ''
      : `  ${percent(row.from_previous)} of step ${String(position - 1)}  median ${duration(row.median_seconds_from_first)}`;
  const facts = `${count(row.count)}  ${percent(row.from_first)}${later}`;
  return { name, share: typeof row.from_first === 'number' ? row.from_first : 0, facts };
}

/**
 * A funnel as bars, one block per value of the breakdown.
 * @param width of the terminal in characters
 */
export function funnelBars({ definition, rows }: Answer, width: number): string {
  const funnel = definition as Funnel;
  const values = [...new Set(rows.map((row) => row.breakdown))];
  const blocks = values
    .map((value) => [value, rows.filter((row) => row.breakdown === value)] as const)
    .map(([value, group]) => {
      const lines = group.map((row) => lineOf(row, funnel));
      const names = Math.max(...lines.map((line) => line.name.length));
      const facts = Math.max(...lines.map((line) => line.facts.length));
      const room = Math.max(LEAST_BAR, width - names - facts - 4);
      const title = value === null ? 'all' : `${funnel.breakdown ?? ''} = ${value === '' ? '(none)' : String(value)}`;
      const drawn = lines.map(({ name, share, facts: text }) => {
        const drawnBar = bar(share, room);
        return `${name.padEnd(names)}  ${pc.cyan(drawnBar)}${' '.repeat(Math.max(0, room - drawnBar.length))}  ${text}`;
      });
      return [funnel.breakdown === undefined ? '' : pc.bold(title), ...drawn].filter((line) => line !== '').join('\n');
    });
  return blocks.join('\n\n');
}
