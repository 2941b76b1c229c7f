import { compileFor, loadCatalogue, withNames } from '@suuupra/clickhouse';
import type { Register } from '../context.ts';
import { readDefinition } from '../query/input.ts';
import { withFaultLines } from '../query/refused.ts';
import { toScript } from '../query/sql.ts';

export const register: Register = (program, context) => {
  program
    .command('sql')
    .argument('<definition>', 'file with the JSON of a definition, or - for standard input')
    .description(
      'Prints the SQL of an analysis as a script for clickhouse-client: the parameters are set, then the query follows.',
    )
    .action(async (source: string) => {
      try {
        const definition = withNames(await readDefinition(source), await loadCatalogue());
        process.stdout.write(toScript(compileFor(context.loadConfig(), definition)));
      } catch (error) {
        throw withFaultLines(error);
      }
    });
};
