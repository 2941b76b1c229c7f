import type { Config } from '@suuupra/core';
import type { Command } from 'commander';

/** What the frame gives to every verb. */
export interface VerbContext {
  /**
   * The configuration: global options before environment variables before defaults.
   * @throws SuuupraError config_invalid
   */
  loadConfig(): Config;
}

/** What a file in verbs/ exports: it adds its command (name, options, action) to the program. */
export type Register = (program: Command, context: VerbContext) => void;
