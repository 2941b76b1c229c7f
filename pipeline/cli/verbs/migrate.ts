import { migrate, plan, verify, type Difference, type PlannedFile } from '@suuupra/migrator';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { VerbContext } from '../context.ts';

export function register(program: Command, context: VerbContext): void {
  const command = program.command('migrate').description('Brings ClickHouse to what the files in sql/ say.');
  command
    .command('plan')
    .description('Shows what `apply` would run and which statements are dangerous. Changes nothing.')
    .option('--json', 'print the plan as JSON')
    .action(async ({ json }: { json?: true }) => {
      const files = await plan(context.loadConfig());
      console.log(json ? JSON.stringify(files, null, 2) : describePlan(files));
    });
  command
    .command('apply')
    .description('Runs what is missing: functions, migrations, views. Resumes where an earlier run failed.')
    .action(async () => {
      const { applied, rebound } = await migrate(context.loadConfig(), {
        onFile: (name) => process.stderr.write(`${pc.dim(name)}\n`),
      });
      for (const name of rebound) console.log(`${name} now reads from the configured brokers and registry`);
      console.log(applied.length === 0 ? 'nothing to do' : `${String(applied.length)} files applied`);
    });
  command
    .command('verify')
    .description('Compares every table, view and function with the files in sql/. Ends with 1 where they differ.')
    .option('--json', 'print the differences as JSON')
    .action(async ({ json }: { json?: true }) => {
      const differences = await verify(context.loadConfig());
      console.log(json ? JSON.stringify(differences, null, 2) : describeDifferences(differences));
      process.exitCode = differences.length === 0 ? 0 : 1;
    });
}

function describePlan(files: readonly PlannedFile[]): string {
  if (files.length === 0) return 'nothing to do';
  return files.map(describeFile).join('\n');
}

function describeFile({ kind, name, done, statements }: PlannedFile): string {
  const resumed = done === 0 ? '' : `, resumes after ${String(done)}`;
  const head = `${pc.bold(name)} ${pc.dim(`${kind}, ${String(statements.length)} statements${resumed}`)}`;
  const dangers = statements.flatMap(({ line, dangers: found }) =>
    found.map(({ kind: danger, why }) => `  ${pc.red(danger)} line ${String(line)}: ${why}`),
  );
  return [head, ...dangers].join('\n');
}

function describeDifferences(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'the database is what the files say';
  return differences
    .map(({ kind, name, expected, found }) => {
      if (expected === undefined) return `${pc.bold(name)} ${kind}: in no file`;
      if (found === undefined) return `${pc.bold(name)} ${kind}: missing`;
      return `${pc.bold(name)} ${kind}: differs\n  ${pc.green(`files:    ${expected}`)}\n  ${pc.red(`database: ${found}`)}`;
    })
    .join('\n');
}
