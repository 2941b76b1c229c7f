import { audit, type Audit, type PartitionAudit } from '@suuupra/ledger';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { VerbContext } from '../context.ts';
import { table } from '../stack/picture.ts';

export function register(program: Command, context: VerbContext): void {
  program
    .command('audit')
    .description(
      'Proves for every partition that each offset is a row, a dead letter, or accounted for by the broker. Ends with 1 where a message is lost.',
    )
    .option('--json', 'print the audit as JSON; offsets are strings')
    .action(async ({ json }: { json?: true }) => {
      const result = await audit(context.loadConfig());
      console.log(json ? toJson(result) : describe(result));
      process.exitCode = result.lost === 0n ? 0 : 1;
    });
}

const toJson = (result: Audit): string =>
  JSON.stringify(result, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2);

function describe({ partitions, lost }: Audit): string {
  const head = [
    'topic',
    'partition',
    'read',
    'of',
    'stored',
    'repeats',
    'empty',
    'control',
    'aborted',
    'expired',
    'lost',
  ];
  const rows = partitions.map(({ topic, partition, readUntil, logEnd, stored, repeats, gaps }) =>
    [
      topic,
      partition,
      readUntil,
      logEnd,
      stored,
      repeats,
      gaps.empty,
      gaps.control,
      gaps.aborted,
      gaps.expired,
      gaps.lost,
    ].map(String),
  );
  const verdict = lost === 0n ? pc.green('no message is lost') : pc.red(`${String(lost)} messages are lost`);
  return [table(head, rows), ...partitions.filter(({ gaps }) => gaps.lost > 0n).map(lostRanges), verdict].join('\n');
}

const lostRanges = ({ topic, partition, lost }: PartitionAudit): string =>
  `${topic} ${String(partition)}: lost ${lost.map(({ from, to }) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ')}`;
