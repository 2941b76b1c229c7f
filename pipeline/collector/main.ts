import { errorMessage, isSuuupraError, loadConfig } from '@suuupra/core';
import { startCollector } from './start.ts';

// The process of the collector. Ends by SIGTERM or SIGINT after the requests under way; a second signal ends it at once.
try {
  const collector = await startCollector(loadConfig());
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void collector.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  const hint = isSuuupraError(error) ? `\nhint: ${error.hint}` : '';
  process.stderr.write(`${isSuuupraError(error) ? error.code : 'internal'}: ${errorMessage(error)}${hint}\n`);
  process.exitCode = 1;
}
