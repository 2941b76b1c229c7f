import { errorMessage, isSuuupraError, loadConfig } from '@suuupra/core';
import { serveCollector } from './start.ts';

// The process of the collector.
try {
  await serveCollector(loadConfig());
  process.exit(0); // connections that nobody uses keep a process alive
} catch (error) {
  const hint = isSuuupraError(error) ? `\nhint: ${error.hint}` : '';
  process.stderr.write(`${isSuuupraError(error) ? error.code : 'internal'}: ${errorMessage(error)}${hint}\n`);
  process.exitCode = 1;
}
