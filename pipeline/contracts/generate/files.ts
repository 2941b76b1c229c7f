import path from 'node:path';
import { format } from 'prettier';
import { renderEventsPage } from './docs.ts';
import { CONTRACTS_DIR, readEventSchema } from './schema.ts';
import { renderTypes } from './types.ts';

/** Every file that follows from the schemas, by absolute path. */
export async function contractFiles(): Promise<ReadonlyMap<string, string>> {
  const schema = readEventSchema();
  const types = await format(renderTypes(schema), {
    parser: 'typescript',
    printWidth: 120,
    singleQuote: true,
  });
  return new Map([
    [path.join(CONTRACTS_DIR, 'generated/event.ts'), types],
    [path.resolve(CONTRACTS_DIR, '../../docs/events.md'), renderEventsPage(schema)],
  ]);
}
