import path from 'node:path';
import { loadConfig, type Overrides } from '@suuupra/core';
import { Command, InvalidArgumentError } from 'commander';
import packageJson from './package.json' with { type: 'json' };
import { VERBS } from './verb-table.ts';

const PORT_BASE_MIN = 1024;
const PORT_BASE_MAX = 65_500;

function parsePortBase(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < PORT_BASE_MIN || port > PORT_BASE_MAX)
    throw new InvalidArgumentError(`a whole number from ${String(PORT_BASE_MIN)} to ${String(PORT_BASE_MAX)}`);
  return port;
}

/** Global options that take a value, so that the value is not mistaken for the verb. */
const VALUED = ['--home', '--port-base'];

/** The verb in a list of arguments: the first that is neither a global option nor the value of one. */
export function verbOf(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] as string;
    if (VALUED.includes(argument)) index++;
    else if (!argument.startsWith('-')) return argument;
  }
  return undefined;
}

/**
 * The program with all verbs named, of which only `verb` is loaded.
 * @param verb the one that is about to run
 */
export async function createProgram(verb: string | undefined): Promise<Command> {
  const program = new Command('suuupra')
    .description('Real-time product analytics on Kafka, Flink, ClickHouse and Grafana')
    .version(packageJson.version, '--version', 'print the version')
    .option('--home <dir>', 'directory of the local stack (SUUUPRA_HOME)', (dir: string) => path.resolve(dir))
    .option('--port-base <n>', 'first of the consecutive ports (SUUUPRA_PORT_BASE)', parsePortBase)
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [verb]', 'show help for a verb')
    .showSuggestionAfterError(true)
    .exitOverride()
    // Errors are printed by failure.ts in one form for all verbs.
    .configureOutput({ outputError: () => undefined });
  const context = { loadConfig: () => loadConfig(process.env, program.opts<Overrides>()) };
  for (const [name, entry] of Object.entries(VERBS)) {
    if (name === verb) (await entry.load()).register(program, context);
    else program.command(name);
    program.commands.find((command) => command.name() === name)?.summary(entry.summary);
  }
  return program;
}
