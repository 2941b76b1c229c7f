import { loadConfig, projectPath } from '@suuupra/core';
import { stackStatus } from '@suuupra/local';
import { run, signalChildren } from './run.ts';

/** Days of the past that a new stack is filled with, so that there is something to see. */
const BACKFILL_DAYS = 28;
const FIRST_FUNNEL = 'definitions/purchase-funnel.json';

const config = loadConfig();
const began = Date.now();
const sinceStart = (): string => `${((Date.now() - began) / 1000).toFixed(0)} s`;

const suuupra = (...args: string[]): ReturnType<typeof run> =>
  run(process.execPath, [projectPath('pipeline/cli/bin/suuupra.mjs'), ...args]);

let stopping = false;

/** Stops what is running, then the stack, and ends. */
async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    console.log('\nStopping …');
    signalChildren('SIGTERM');
    await suuupra('down');
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

async function step(name: string, ...args: string[]): Promise<void> {
  const start = Date.now();
  const { ok } = await suuupra(...args);
  if (stopping) await new Promise(() => undefined); // stop() ends the process
  if (!ok) {
    console.error(`\n${name} failed; its message is above. \`npx suuupra doctor\` checks the machine.`);
    await stop(1);
  }
  console.log(`── ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s (${sinceStart()} since the start)\n`);
}

async function build(): Promise<boolean> {
  const { ok } = await run('nice', ['-n', '10', 'npm', 'run', '--silent', 'build']);
  return ok;
}

// The bundle and its backend are built while the stack starts: the funnel in the terminal does not need them.
const built = build();

await step('The stack', 'up', '--detach', '--with', 'api');
await step(`${String(BACKFILL_DAYS)} days of simulated events`, 'simulate', '--days', String(BACKFILL_DAYS));
await step('A first funnel', 'query', projectPath(FIRST_FUNNEL), '--format', 'table');

const withPreview = (await built) && !stopping;
if (!withPreview && !stopping) console.error('The build failed, so there is no preview; the rest runs.');
await step('Live events', 'up', '--detach', '--with', withPreview ? 'api,preview,simulator' : 'api,simulator');

const { ports } = config;
const status = await stackStatus(config.home);
console.log(`Running after ${sinceStart()}: ${(status?.parts ?? []).map((part) => part.name).join(', ')}

  Dashboards (preview)   http://127.0.0.1:${String(ports.preview)}
  Analytics API          ${config.apiUrl}/openapi.json
  ClickHouse             ${config.clickhouseUrl}
  Flink                  ${config.flinkUrl}

  npx suuupra status     parts, lag, newest event, dead letters
  npx suuupra query ${FIRST_FUNNEL} --format table

Ctrl-C stops everything and keeps the data.`);

// stays until Ctrl-C, and ends with the stack
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  if (!stopping && (await stackStatus(config.home)) === undefined) {
    console.log('The stack has stopped.');
    process.exit(0);
  }
}
