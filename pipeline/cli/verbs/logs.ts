import { follow, logFile, tail } from '@suuupra/local';
import { InvalidArgumentError } from 'commander';
import type { Register } from '../context.ts';

function parseLines(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

export const register: Register = (program, context) => {
  program
    .command('logs')
    .description('Prints what a part of the stack wrote. `supervisor` tells what was started, stopped and restarted.')
    .argument('<part>', 'a part as `suuupra status` names it, or supervisor')
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --lines <n>', 'how many of the last lines', parseLines, 100)
    .action(async (part: string, options: { follow?: true; lines: number }) => {
      const file = logFile(context.loadConfig().home, part);
      const write = (text: string): void => void process.stdout.write(text);
      const { text, end } = await tail(file, options.lines);
      write(text);
      if (!options.follow) return;
      const interrupt = new AbortController();
      process.once('SIGINT', () => {
        interrupt.abort();
      });
      await follow(file, end, write, interrupt.signal);
    });
};
