import { answer, compileFor, createWarehouse, loadCatalogue, toCsv, withNames, type Answer } from '@suuupra/clickhouse';
import { Option } from 'commander';
import type { Register } from '../context.ts';
import { readDefinition } from '../query/input.ts';
import { withFaultLines } from '../query/refused.ts';
import { toScript } from '../query/sql.ts';
import { toText } from '../query/text.ts';

const FORMATS = ['json', 'csv', 'table'] as const;
const DEFAULT_WIDTH = 100;
const EXIT_INTERRUPTED = 130;

interface Options {
  readonly format?: (typeof FORMATS)[number];
  readonly sql?: true;
}

export const register: Register = (program, context) => {
  program
    .command('query')
    .argument('<definition>', 'file with the JSON of a definition, or - for standard input')
    .description(
      'Answers an analysis. Standard output has the answer and nothing else. docs/analyses.md describes definitions.',
    )
    .addOption(
      new Option('-f, --format <format>', 'form of the answer; default: table in a terminal, json elsewhere').choices(
        FORMATS,
      ),
    )
    .option('--sql', 'print the SQL with its parameters instead of running it')
    .action(async (source: string, options: Options) => {
      const config = context.loadConfig();
      try {
        const definition = withNames(await readDefinition(source), await loadCatalogue());
        const compiled = compileFor(config, definition);
        if (options.sql) {
          process.stdout.write(toScript(compiled));
          return;
        }
        const columns = compiled.columns.map((column) => column.name);
        const result = await ask(config, definition);
        if (result !== undefined) process.stdout.write(print(result, columns, options.format));
      } catch (error) {
        throw withFaultLines(error);
      }
    });
};

/** The answer, or undefined when Ctrl-C came first: the query is then stopped in ClickHouse. */
async function ask(config: Parameters<typeof answer>[1] & Parameters<typeof createWarehouse>[0], definition: unknown) {
  const warehouse = createWarehouse(config);
  const controller = new AbortController();
  const interrupt = (): void => {
    process.exitCode = EXIT_INTERRUPTED;
    controller.abort();
  };
  process.once('SIGINT', interrupt);
  try {
    return await answer(warehouse, config, definition, { signal: controller.signal });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    await warehouse.close();
  }
}

function print(result: Answer, columns: readonly string[], format: Options['format']): string {
  switch (format ?? (process.stdout.isTTY ? 'table' : 'json')) {
    case 'json':
      return `${JSON.stringify(result, null, 2)}\n`;
    case 'csv':
      return toCsv(columns, result.rows);
    case 'table':
      return toText(result, columns, process.stdout.columns || DEFAULT_WIDTH);
  }
}
