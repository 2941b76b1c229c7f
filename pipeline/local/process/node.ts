import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Config } from '@suuupra/core';
import type { Launch } from './launch.ts';

const require = createRequire(import.meta.url);

/** Runs a TypeScript file of ours in one process of Node (the `tsx` program would put a second one around it). */
export const nodeLaunch = (config: Config, file: string, ...args: string[]): Launch => ({
  file: process.execPath,
  args: ['--import', pathToFileURL(require.resolve('tsx')).href, file, ...args],
  env: stackEnvironment(config),
});

/** The variables by which a process of ours finds this very stack. */
export const stackEnvironment = (config: Config): Record<string, string> => ({
  SUUUPRA_HOME: config.home,
  SUUUPRA_CACHE: config.cacheDir,
  ...(config.portBase === undefined ? {} : { SUUUPRA_PORT_BASE: String(config.portBase) }),
});
