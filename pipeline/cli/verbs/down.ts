import { stopStack, type StopResult } from '@suuupra/local';
import type { Register } from '../context.ts';

const SENTENCES: Readonly<Record<StopResult, string>> = {
  stopped: 'stopped',
  leftovers: 'the supervisor was gone already; what it had left behind is ended',
  nothing: 'no stack runs here',
};

export const register: Register = (program, context) => {
  program
    .command('down')
    .description('Stops the stack of the home directory in order. Its data stays for the next `suuupra up`.')
    .action(async () => {
      const { home } = context.loadConfig();
      console.log(`${SENTENCES[await stopStack(home)]}: ${home}`);
    });
};
