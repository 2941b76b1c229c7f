import { SuuupraError, createLogger, type Config } from '@suuupra/core';
import { createProducer } from '@suuupra/producer';
import { simulate, type SimulationSink } from '@suuupra/simulator';
import { InvalidArgumentError } from 'commander';
import type { Register } from '../context.ts';
import { ndjsonFile } from '../simulate/ndjson-file.ts';
import { progressLine } from '../simulate/progress.ts';
import { describeSimulation } from '../simulate/summary.ts';

const EXIT_INTERRUPTED = 130;
const DELIVERY_TIMEOUT_MS = 600_000;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

interface Options {
  readonly rate?: number;
  readonly days?: number;
  readonly until?: number;
  readonly seconds?: number;
  readonly eventsPerDay?: number;
  readonly users?: number;
  readonly seed: string;
  readonly chaos: number;
  readonly topic: string;
  readonly dryRun?: true;
  readonly out?: string;
  readonly json?: true;
}

/** A parser of numbers from `low` to `high`. */
const number =
  (low: number, high: number, whole: boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`a ${whole ? 'whole ' : ''}number from ${String(low)} to ${String(high)}`);
  };

function moment(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at) || at > Date.now())
    throw new InvalidArgumentError('a time in ISO 8601 that is not in the future, such as 2026-03-01T00:00:00Z');
  return at;
}

export const register: Register = (program, context) => {
  program
    .command('simulate')
    .description(
      'Produces the events of a believable video service with a shop: live (--rate), over past days (--days), or the past first and then live. The same seed gives the same people; a part of the past that is played twice counts once.',
    )
    .option('--rate <n>', 'events per second of live production, until Ctrl-C', number(0.01, 100_000, false))
    .option(
      '--days <n>',
      'past days to fill, in the order of time, ending before live production begins',
      number(1, 3660, true),
    )
    .option('--events-per-day <n>', 'events of a past day on average; default: 20000', number(1, 1e9, true))
    .option(
      '--users <n>',
      'places for users, of whom more than half are active; default: by the events of a day',
      number(1, 1e6, true),
    )
    .option('--seed <text>', 'other seeds are other people', '1')
    .option('--chaos <share>', 'share of the events that are late or come twice, from 0 to 1', number(0, 1, false), 0)
    .option('--until <time>', 'end of the past days (without --rate); default: now', moment)
    .option('--seconds <n>', 'end live production after so many seconds', number(0.1, 1e9, false))
    .option('--topic <topic>', 'topic that the events go to', 'events')
    .option('--dry-run', 'send nothing to Kafka')
    .option('--out <file>', 'with --dry-run: write the events to a file (NDJSON), or with - to standard output')
    .option('--json', 'print the summary as JSON')
    .action(async (options: Options) => {
      await runVerb(context.loadConfig(), options);
    });
};

interface OpenSink extends SimulationSink {
  close(): Promise<void>;
}

async function openSink(config: Config, { dryRun, out, topic }: Options): Promise<OpenSink> {
  if (out !== undefined && dryRun === undefined)
    throw new SuuupraError('usage_invalid', '--out is for --dry-run: events go to Kafka or to a file');
  if (out !== undefined) return ndjsonFile(out);
  const nothing = (): Promise<void> => Promise.resolve();
  if (dryRun) return { send: nothing, flush: nothing, close: nothing };
  const logger = createLogger('simulate', config.logLevel);
  return createProducer(config, { topic, logger, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS });
}

async function runVerb(config: Config, options: Options): Promise<void> {
  const interrupt = new AbortController();
  // The first Ctrl-C ends in order; the handler is gone then, and a second one ends at once.
  const onSignal = (): void => {
    interrupt.abort();
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  const progress = progressLine();
  let sink: OpenSink | undefined;
  try {
    const open = async (): Promise<OpenSink> => (sink = await openSink(config, options));
    const summary = await simulate({
      ...options,
      openSink: open,
      signal: interrupt.signal,
      onProgress: progress.update,
    });
    progress.stop();
    // Events on standard output leave no room there for anything else.
    const print = options.out === '-' ? console.error : console.log;
    print(options.json ? JSON.stringify(summary, null, 2) : describeSimulation(summary));
    // Ctrl-C is how live production ends, but it cuts the past off.
    if (summary.interrupted && summary.live === null) process.exitCode = EXIT_INTERRUPTED;
  } finally {
    progress.stop();
    for (const signal of SIGNALS) process.off(signal, onSignal);
    await sink?.close();
  }
}
