import path from 'node:path';
import { createLogger, isSuuupraError, loadConfig } from '@suuupra/core';
import { start } from './lifecycle.ts';
import { parseOptions } from './options.ts';
import { dieWithParent, relaunch } from './relaunch.ts';
import { hasThreads } from './threads.ts';

/** The process that serves the embedded engine: prints one line when it listens, and ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const config = loadConfig();
  if (!hasThreads(process.env)) {
    relaunch();
    return;
  }
  dieWithParent();
  const log = createLogger('clickhouse-server', config.logLevel);
  const credentials = { user: config.clickhouseUser, password: config.clickhousePassword };
  const server = await start(options, credentials, log);
  const data = path.relative(process.cwd(), options.dataDirectory) || '.';
  console.log(
    `listening http://${options.host}:${String(server.port)} ClickHouse ${server.version} data ${data} process ${String(process.pid)}`,
  );
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'stopping');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'not stopped in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(isSuuupraError(error) ? `${error.code}: ${error.message}\n${error.hint}` : error);
  process.exit(1);
});
