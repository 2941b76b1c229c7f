import fs from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { errorMessage, SuuupraError } from '@suuupra/core';

/**
 * The parsed JSON of a definition.
 * @param source a file, or `-` for standard input
 * @throws SuuupraError input_invalid
 */
export async function readDefinition(source: string): Promise<unknown> {
  const name = source === '-' ? 'standard input' : source;
  let content: string;
  try {
    content = source === '-' ? await text(process.stdin) : await fs.readFile(source, 'utf8');
  } catch (error) {
    throw new SuuupraError('input_invalid', `${name} cannot be read: ${errorMessage(error)}`, {
      hint: 'Name a file with the JSON of a definition, or `-` for standard input.',
      cause: error,
    });
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new SuuupraError('input_invalid', `${name} is no JSON: ${errorMessage(error)}`, {
      hint: 'A definition is one JSON object such as {"analysis": "funnel", …}.',
      cause: error,
    });
  }
}
