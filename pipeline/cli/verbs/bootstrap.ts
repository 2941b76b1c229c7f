import { bootstrap } from '@suuupra/local';
import type { Register } from '../context.ts';

export const register: Register = (program, context) => {
  program
    .command('bootstrap')
    .description(
      'Makes topics, tables, contracts and jobs on servers that run already, such as those of docker-compose.yml. It does only what is missing, so it may be called at any time; `suuupra up` does it by itself.',
    )
    .action(async () => {
      await bootstrap(context.loadConfig(), (step, seconds) => {
        console.log(`${step}: done (${seconds.toFixed(1)} s)`);
      });
    });
};
