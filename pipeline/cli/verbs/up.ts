import {
  addServices,
  runStack,
  stackStatus,
  startDetached,
  SERVICE_NAMES,
  type StackOptions,
  type StackSnapshot,
} from '@suuupra/local';
import type { Config } from '@suuupra/core';
import type { Register } from '../context.ts';
import { createLiveView } from '../stack/live-view.ts';
import { partTable, seconds, stepSummary } from '../stack/picture.ts';

interface UpOptions {
  readonly detach?: true;
  readonly with?: readonly string[];
  readonly bootstrap: boolean;
}

const splitNames = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

export const register: Register = (program, context) => {
  program
    .command('up')
    .description(
      'Starts Kafka, the schema registry, Flink and ClickHouse on this machine, makes topics, tables and jobs, and keeps all of it running until Ctrl-C or `suuupra down`.',
    )
    .option('-d, --detach', 'return when all is ready and leave the stack running')
    .option(
      '--with <services>',
      `also run services, separated by commas: ${SERVICE_NAMES.join(', ')}; with --detach they are added to a stack that runs already`,
      splitNames,
    )
    .option('--no-bootstrap', 'start the parts only: no topics, tables and jobs')
    .action(async (options: UpOptions) => {
      const stackOptions = { services: options.with ?? [], bootstrap: options.bootstrap };
      const config = context.loadConfig();
      if (!options.detach) return await upInForeground(config, stackOptions);
      const running = stackOptions.services.length > 0 && (await stackStatus(config.home)) !== undefined;
      await (running ? addToRunning(config, stackOptions.services) : upDetached(config, stackOptions));
    });
};

async function upInForeground(config: Config, options: StackOptions): Promise<void> {
  const view = createLiveView(process.stdout);
  let announced = false;
  try {
    await runStack(config, options, (snapshot) => {
      view.update(snapshot);
      if (snapshot.state === 'ready' && !announced && !process.stdout.isTTY) console.log(readyLine(snapshot));
      announced ||= snapshot.state === 'ready';
    });
  } finally {
    view.close();
  }
}

async function upDetached(config: Config, options: StackOptions): Promise<void> {
  const view = createLiveView(process.stdout);
  const interrupt = new AbortController();
  const onSignal = (): void => {
    interrupt.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let ready: StackSnapshot;
  try {
    ready = await startDetached(
      config,
      options,
      (snapshot) => {
        view.update(snapshot);
      },
      interrupt.signal,
    );
    view.update(ready);
  } finally {
    view.close();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  if (!process.stdout.isTTY) console.log(partTable(ready.parts));
  console.log(readyLine(ready));
}

/** `up --detach --with …` on a stack that runs already adds to it what does not run yet. */
async function addToRunning(config: Config, services: readonly string[]): Promise<void> {
  const { parts } = await addServices(config.home, services);
  console.log(partTable(parts));
}

const readyLine = (snapshot: StackSnapshot): string =>
  `ready after ${seconds(snapshot.seconds ?? 0)}: ${stepSummary(snapshot)}`;
