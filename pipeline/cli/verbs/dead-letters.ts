import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createWarehouse, type Warehouse } from '@suuupra/clickhouse';
import { isUuid } from '@suuupra/contracts';
import { SuuupraError, type Config } from '@suuupra/core';
import {
  listDeadLetters,
  readDeadLetter,
  replay,
  type Address,
  type DeadLetter,
  type Fix,
  type ReplayResult,
} from '@suuupra/ledger';
import type { Command } from 'commander';
import type { VerbContext } from '../context.ts';
import { table } from '../stack/picture.ts';

interface ListOptions {
  readonly reason?: string;
  readonly topic?: string;
  readonly limit: string;
  readonly json?: true;
}

export function register(program: Command, context: VerbContext): void {
  const command = program.command('dead-letters').description('Shows messages that could not become events.');
  command
    .command('list')
    .description('Lists dead letters, the newest first.')
    .option('--reason <reason>', 'only those of one reason, such as contract_violation')
    .option('--topic <topic>', 'only those of one topic')
    .option('--limit <n>', 'most to show', '20')
    .option('--json', 'print them as JSON, one a line')
    .action(async ({ limit, json, ...filter }: ListOptions) => {
      const letters = await withWarehouse(context.loadConfig(), (warehouse) =>
        listDeadLetters(warehouse, { ...filter, limit: wholeNumber('--limit', limit) }),
      );
      if (json) for (const letter of letters) console.log(toJson(letter));
      else console.log(letters.length === 0 ? 'no dead letters' : describeList(letters));
    });
  command
    .command('show')
    .description('Shows one dead letter with its message.')
    .argument('<topic>')
    .argument('<partition>')
    .argument('<offset>')
    .option('--raw', 'print nothing but the bytes of the message')
    .option('--json', 'print it as JSON, the message in base 64')
    .action(async (topic: string, partition: string, offset: string, { raw, json }: { raw?: true; json?: true }) => {
      const config = context.loadConfig();
      const address: Address = {
        topic,
        partition: wholeNumber('partition', partition),
        offset: BigInt(wholeNumber('offset', offset)),
      };
      const { message, record, ...letter } = await withWarehouse(config, (warehouse) =>
        readDeadLetter(config, warehouse, address),
      );
      if (raw) process.stdout.write(message ?? Buffer.alloc(0));
      else if (json) console.log(toJson({ ...letter, message: message?.toString('base64'), record }));
      else console.log(describe(letter, message, record));
    });
  command
    .command('replay')
    .description(
      'Tries again to make events of dead letters, with their place in the order of arrival; a script may repair them.',
    )
    .option('--reason <reason>', 'only those of one reason, such as registry_unavailable')
    .option('--topic <topic>', 'only those of one topic')
    .option('--fix <script>', 'module whose default export makes the event: (letter) => event, or null to leave it')
    .option('--json', 'print the result as JSON')
    .action(async ({ fix, json, ...filter }: ReplayArguments) => {
      const options = fix === undefined ? filter : { ...filter, fix: await loadFix(fix) };
      const result = await replay(context.loadConfig(), options);
      console.log(json ? toJson(result) : describeReplay(result));
    });
}

interface ReplayArguments {
  readonly reason?: string;
  readonly topic?: string;
  readonly fix?: string;
  readonly json?: true;
}

/** The function that a script of --fix exports by default. */
async function loadFix(file: string): Promise<Fix> {
  const script = (await import(pathToFileURL(path.resolve(file)).href)) as { default?: unknown };
  if (typeof script.default !== 'function')
    throw new SuuupraError('usage_invalid', `${file} exports no function by default`, {
      hint: 'export default (letter) => event, where letter has message, record, reason, error; null leaves it.',
    });
  return script.default as Fix;
}

function describeReplay({ replayed, left }: ReplayResult): string {
  const head = `${String(replayed)} became events, ${String(left.length)} stay`;
  const rows = left.map(({ letter: { topic, partition, offset, reason }, why }) => [
    topic,
    String(partition),
    String(offset),
    reason,
    oneLine(why, 100),
  ]);
  return left.length === 0 ? head : `${table(['topic', 'partition', 'offset', 'reason', 'why'], rows)}\n${head}`;
}

async function withWarehouse<T>(config: Config, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = createWarehouse(config);
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new SuuupraError('usage_invalid', `${name} is ${text}, allowed is a whole number`);
  return Number(text);
}

const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? String(field) : field));

const oneLine = (text: string, length: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

const describeList = (letters: readonly DeadLetter[]): string =>
  table(
    ['stored', 'topic', 'partition', 'offset', 'reason', 'error'],
    letters.map(({ kafkaTimestamp, topic, partition, offset, reason, error }) => [
      kafkaTimestamp,
      topic,
      String(partition),
      String(offset),
      reason,
      oneLine(error, 100),
    ]),
  );

/** Bytes as `xxd` shows them: offset, hexadecimal, printable characters. */
function hexDump(bytes: Buffer, limit = 512): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, limit); at += 16) {
    const row = bytes.subarray(at, Math.min(at + 16, limit));
    const hex = row.toString('hex').replace(/(..)/g, '$1 ').padEnd(48);
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex} ${row.toString('latin1').replace(/[^ -~]/g, '.')}`);
  }
  if (bytes.length > limit) lines.push(`… ${String(bytes.length - limit)} more bytes; --raw prints all`);
  return lines.join('\n');
}

function describe(letter: DeadLetter, message: Buffer | undefined, record: unknown): string {
  const facts = [
    ['topic', letter.topic],
    ['partition', String(letter.partition)],
    ['offset', String(letter.offset)],
    ['stored', letter.kafkaTimestamp],
    ['key', isUuid(letter.messageKey) ? letter.messageKey : JSON.stringify(letter.messageKey)],
    ['reason', letter.reason],
    ['error', letter.error.trim()],
  ];
  const blocks = [facts.map(([name = '', value = '']) => `${name.padEnd(9)} ${value}`).join('\n')];
  if (record !== undefined) blocks.push(`record\n${JSON.stringify(record, null, 2)}`);
  blocks.push(message === undefined ? 'the broker has the message no more' : `message\n${hexDump(message)}`);
  return blocks.join('\n\n');
}
