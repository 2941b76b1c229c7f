import { SuuupraError } from '@suuupra/core';
import { allReady, pipelineStatus, type PipelineStatus } from '@suuupra/local';
import pc from 'picocolors';
import type { Register } from '../context.ts';
import { partTable, table } from '../stack/picture.ts';

export const register: Register = (program, context) => {
  program
    .command('status')
    .description(
      'Shows each part of the stack with its port, memory, health and restarts, the lag of every consumer group, the newest event and what could not be read. Ends with 0 only if all parts work.',
    )
    .option('--json', 'print everything as JSON')
    .action(async (options: { json?: true }) => {
      const config = context.loadConfig();
      const status = await pipelineStatus(config);
      if (options.json) console.log(JSON.stringify(status, null, 2));
      else if (status.stack === null && status.lag === null && status.warehouse === null)
        throw new SuuupraError('stack_not_running', `No stack runs in ${config.home}`);
      else console.log(describe(status));
      process.exitCode = allReady(status) ? 0 : 1;
    });
};

const UNACCOUNTED = pc.dim('such messages are empty, or markers of transactions, or lost; `suuupra audit` tells which');

function describe({ stack, lag, warehouse, unaccounted, problems }: PipelineStatus): string {
  const blocks: string[] = [];
  if (stack === null) blocks.push('no stack runs in the home directory; the parts that answer run elsewhere');
  else blocks.push(`${pc.bold('stack')} ${stack.state} ${pc.dim(stack.home)}`, partTable(stack.parts));
  if (lag !== null && lag.length > 0)
    blocks.push(
      table(
        ['group', 'topic', 'lag'],
        lag.map((entry) => [entry.group, entry.topic, String(entry.lag)]),
      ),
    );
  if (warehouse !== null) {
    const newest = warehouse.newestEvent ?? 'none yet';
    const complete = warehouse.completeUntil === null ? '' : `, complete until ${warehouse.completeUntil}`;
    blocks.push(`${pc.bold('events')} ${warehouse.rows.toLocaleString('en')} rows, newest ${newest}${complete}`);
    const letters = warehouse.deadLetters.map(({ reason, count }) => [reason, String(count)]);
    blocks.push(letters.length === 0 ? 'no dead letters' : table(['dead letters: reason', 'count'], letters));
  }
  if (unaccounted !== null && unaccounted.length > 0) {
    const rows = unaccounted.map(({ topic, count }) => [topic, String(count)]);
    blocks.push(table(['read without a trace: topic', 'messages'], rows), UNACCOUNTED);
  }
  if (problems.length > 0) blocks.push(problems.map((problem) => pc.red(problem)).join('\n'));
  return blocks.join('\n\n');
}
