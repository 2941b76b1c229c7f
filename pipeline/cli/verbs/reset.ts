import { createInterface } from 'node:readline/promises';
import { SuuupraError } from '@suuupra/core';
import { homeSize, resetHome } from '@suuupra/local';
import type { Register } from '../context.ts';
import { megabytes } from '../stack/picture.ts';

export const register: Register = (program, context) => {
  program
    .command('reset')
    .description('Stops the stack of the home directory and deletes all its data: events, tables, topics, jobs, logs.')
    .option('-y, --yes', 'do not ask')
    .action(async (options: { yes?: true }) => {
      const { home } = context.loadConfig();
      const size = homeSize(home);
      if (size === undefined) {
        console.log(`nothing to delete: no stack has run in ${home}`);
        return;
      }
      if (!options.yes && !(await confirm(home, size))) {
        console.log('nothing was deleted');
        process.exitCode = 1;
        return;
      }
      await resetHome(home);
      console.log(`deleted: ${home}`);
    });
};

async function confirm(home: string, size: number): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new SuuupraError('usage_invalid', '`suuupra reset` asks before it deletes, and there is no terminal', {
      hint: 'Call it with --yes.',
    });
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Delete ${home} with all data in it (${megabytes(size)})? Type yes: `);
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
