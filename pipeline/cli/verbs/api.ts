import { serveApi } from '@suuupra/api';
import type { Register } from '../context.ts';

export const register: Register = (program, context) => {
  program
    .command('api')
    .description(
      'Answers analyses over HTTP, in the foreground until Ctrl-C. `suuupra up --with api` keeps it running.',
    )
    .action(() => serveApi(context.loadConfig()));
};
