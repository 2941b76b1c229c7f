import { examine, type Finding } from '@suuupra/local';
import pc from 'picocolors';
import type { Register } from '../context.ts';
import { table } from '../stack/picture.ts';

const COLOUR: Readonly<Record<Finding['state'], (text: string) => string>> = {
  ok: pc.green,
  warning: pc.yellow,
  error: pc.red,
};

export const register: Register = (program, context) => {
  program
    .command('doctor')
    .description(
      'Checks whether this machine can run the stack: Node, Java, Maven, Go, ports, disk, memory. Says what to do about each. Ends with 1 if something is in the way.',
    )
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: true }) => {
      const findings = await examine(context.loadConfig());
      console.log(options.json ? JSON.stringify(findings, null, 2) : describe(findings));
      process.exitCode = findings.some(({ state }) => state === 'error') ? 1 : 0;
    });
};

function describe(findings: readonly Finding[]): string {
  const rows = findings.map(({ name, state, found }) => [COLOUR[state](state), name, found]);
  const advice = findings.flatMap(({ name, advice: text }) => (text === null ? [] : [`${pc.bold(name)}: ${text}`]));
  return [table(['', 'check', 'found'], rows), ...advice].join('\n\n');
}
