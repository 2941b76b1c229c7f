import { startCollector } from '@suuupra/collector';
import type { Register } from '../context.ts';

export const register: Register = (program, context) => {
  program
    .command('collect')
    .description(
      'Takes events over HTTP, in the foreground until Ctrl-C. `suuupra up --with collector` keeps it running.',
    )
    .action(async () => {
      const collector = await startCollector(context.loadConfig());
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
      });
      await collector.close();
    });
};
