import { startApi } from '@suuupra/api';
import type { Register } from '../context.ts';

export const register: Register = (program, context) => {
  program
    .command('api')
    .description(
      'Answers analyses over HTTP, in the foreground until Ctrl-C. `suuupra up --with api` keeps it running.',
    )
    .action(async () => {
      const api = await startApi(context.loadConfig());
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
      });
      await api.close();
    });
};
