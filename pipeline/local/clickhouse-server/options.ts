import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SuuupraError, errorMessage } from '@suuupra/core';

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly configFile: string | undefined;
}

export const USAGE = 'usage: main.ts --port N --data DIR [--host 127.0.0.1] [--config-file FILE]';

/** @throws SuuupraError usage_invalid */
export function parseOptions(args: readonly string[]): Options {
  const invalid = (message: string): SuuupraError => new SuuupraError('usage_invalid', message, { hint: USAGE });
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string' },
        'config-file': { type: 'string' },
      },
    }));
  } catch (cause) {
    throw invalid(errorMessage(cause));
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port ?? '') || port > 65_535)
    throw invalid(`--port is ${values.port ?? 'missing'}: it must be a number from 0 to 65535`);
  if (values.data === undefined || values.data === '') throw invalid('--data is missing: the directory of the data');
  const dataDirectory = path.resolve(values.data);
  const wild = /['"\\*?{}[\]]/.exec(dataDirectory);
  if (wild !== null) throw invalid(`--data is ${dataDirectory}: the engine takes ${wild[0]} in a path for a pattern`);
  const configFile = values['config-file'] === undefined ? undefined : path.resolve(values['config-file']);
  if (configFile !== undefined && !fs.existsSync(configFile))
    throw invalid(`--config-file ${configFile} does not exist`);
  return { port, host: values.host, dataDirectory, configFile };
}
