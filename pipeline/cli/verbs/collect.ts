import { serveCollector } from '@suuupra/collector';
import type { Register } from '../context.ts';

export const register: Register = (program, context) => {
  program
    .command('collect')
    .description(
      'Takes events over HTTP, in the foreground until Ctrl-C. `suuupra up --with collector` keeps it running.',
    )
    .action(() => serveCollector(context.loadConfig()));
};
