import { missingColumns } from '@suuupra/ledger';
import { SuuupraError } from '@suuupra/core';
import { checkContracts, registerContracts, type ContractCheck } from '@suuupra/producer';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { VerbContext } from '../context.ts';

export function register(program: Command, context: VerbContext): void {
  const command = program.command('contracts').description('Checks and registers the contracts of the topics.');
  command
    .command('check')
    .description('Asks the registry whether each contract may follow what is registered. Ends with 1 where not.')
    .option('--json', 'print the result as JSON')
    .action(async ({ json }: { json?: true }) => {
      const checks = await checkContracts(context.loadConfig());
      console.log(json ? JSON.stringify(checks, null, 2) : checks.map(describe).join('\n'));
      process.exitCode = checks.some(({ state }) => state === 'incompatible') ? 1 : 0;
    });
  command
    .command('register')
    .description('Registers the contracts. Refused as long as ClickHouse has no column for a property of theirs.')
    .action(async () => {
      const config = context.loadConfig();
      const missing = await missingColumns(config);
      if (missing.length > 0)
        throw new SuuupraError('schema_unregistered', `ClickHouse has no column for ${missing.join(', ')}`, {
          hint: 'Run `suuupra migrate apply` first: until then ClickHouse would read over the property without a word.',
        });
      const ids = await registerContracts(config);
      for (const [subject, id] of Object.entries(ids)) console.log(`${subject} has the id ${String(id)}`);
    });
}

const COLOUR: Readonly<Record<ContractCheck['state'], (text: string) => string>> = {
  registered: pc.green,
  new: pc.yellow,
  changed: pc.yellow,
  incompatible: pc.red,
};

const describe = ({ subject, state, reason }: ContractCheck): string =>
  `${subject} ${COLOUR[state](state)}${reason === undefined ? '' : `: ${reason}`}`;
