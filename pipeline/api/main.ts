import { errorMessage, isSuuupraError, loadConfig } from '@suuupra/core';
import { startApi } from './start.ts';

// The process of the HTTP API. Ends by SIGTERM or SIGINT after the requests under way; a second signal ends it at once.
try {
  const api = await startApi(loadConfig());
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void api.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  const hint = isSuuupraError(error) ? `\nhint: ${error.hint}` : '';
  process.stderr.write(`${isSuuupraError(error) ? error.code : 'internal'}: ${errorMessage(error)}${hint}\n`);
  process.exitCode = 1;
}
