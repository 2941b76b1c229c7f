import { createLogger, type Config } from '@suuupra/core';
import { FORMATS, importFile, type Earlier, type Format } from '@suuupra/importer';
import { createProducer, type EventProducer } from '@suuupra/producer';
import { InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import type { Register } from '../context.ts';
import { progressView } from '../import/progress.ts';
import { describeImport } from '../import/summary.ts';

/** Exit codes beside those of every verb. */
const EXIT_SOME_REFUSED = 3;
const EXIT_INTERRUPTED = 130;

interface Options {
  readonly mapping?: string;
  readonly format?: Format;
  readonly topic: string;
  readonly dryRun?: true;
  readonly maxRejects?: number;
  readonly rejects?: string;
  readonly restart?: true;
  readonly json?: true;
}

function parseCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a whole number from 0');
  return Number(text);
}

export const register: Register = (program, context) => {
  program
    .command('import')
    .argument('<file>', 'file of events: NDJSON, CSV, Parquet or text in columns; gzip is seen by itself')
    .description(
      'Sends the events of a file through Kafka. Rows that are no event are kept with their reasons and do not stop the import. An interrupted import goes on where it was when it is called again; an event that is sent twice counts once. Ends with 0 if every row was taken, 3 if some were refused, 130 if it was interrupted.',
    )
    .option(
      '-m, --mapping <file>',
      'how rows become events (docs/import.md), or clique-bait or cdnow for those data sets',
    )
    .addOption(
      new Option('-f, --format <format>', 'what the file is; default: the mapping, else its ending').choices(FORMATS),
    )
    .option('--topic <topic>', 'topic that the events go to', 'events')
    .option('--dry-run', 'read, map and check everything, and send nothing')
    .option('--max-rejects <n>', 'stop when more rows than this are refused; default: never', parseCount)
    .option('--rejects <file>', 'where refused rows go; default: beside the state of the import in the home directory')
    .option('--restart', 'begin anew even where an earlier import was interrupted')
    .option('--json', 'print the summary as JSON')
    .action(async (file: string, options: Options) => {
      await runVerb(context.loadConfig(), file, options);
    });
};

async function runVerb(config: Config, file: string, options: Options): Promise<void> {
  const interrupt = new AbortController();
  // The first Ctrl-C ends in order; the handler is gone then, and a second one ends at once.
  const onSignal = (): void => {
    interrupt.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  const progress = progressView();
  let producer: EventProducer | undefined;
  try {
    const summary = await importFile({
      file,
      mapping: options.mapping,
      format: options.format,
      home: config.home,
      topic: options.topic,
      brokers: config.kafkaBrokers,
      maxRejects: options.maxRejects,
      rejectsFile: options.rejects,
      restart: options.restart,
      signal: interrupt.signal,
      onEarlier: tellEarlier,
      onProgress: progress.update,
      openSink: options.dryRun
        ? undefined
        : async () => {
            const logger = createLogger('import', config.logLevel);
            return (producer = await createProducer(config, { topic: options.topic, logger }));
          },
    });
    progress.stop();
    console.log(options.json ? JSON.stringify(summary, null, 2) : describeImport(summary));
    if (!summary.complete) process.exitCode = EXIT_INTERRUPTED;
    else if (summary.rejected > 0) process.exitCode = EXIT_SOME_REFUSED;
  } finally {
    progress.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    await producer?.close();
  }
}

function tellEarlier(earlier: Earlier): void {
  if (earlier.kind === 'unfinished') {
    const { position } = earlier.progress;
    const line = position.line.toLocaleString('en');
    console.error(
      pc.dim(`going on at line ${line}, where an import was interrupted at ${earlier.written} (--restart begins anew)`),
    );
  }
  if (earlier.kind === 'changed')
    console.error(
      pc.dim(
        `the file or its mapping has changed since an import was interrupted at ${earlier.written}: beginning anew`,
      ),
    );
}
