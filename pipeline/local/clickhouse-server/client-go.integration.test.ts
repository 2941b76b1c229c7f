import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from './testing/server-process.ts';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('./testdata/go-client', import.meta.url));
const hasGo = spawnSync('go', ['version']).status === 0;
const reason = hasGo ? '' : ' (skipped: the program go is not installed)';

describe.skipIf(!hasGo)(`clickhouse-go over HTTP${reason}`, () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it.each(['none', 'gzip', 'br'])('works unchanged with compression %s', async (compression) => {
    const env = { ...process.env, CLICKHOUSE_ADDR: new URL(server.url).host, CLICKHOUSE_COMPRESSION: compression };
    const { stdout } = await run('go', ['test', '-count=1', '-v', './...'], { cwd: CLIENT, env }).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(stdout.split('\n').filter((line) => /FAIL|client_test\.go/.test(line))).toEqual([]);
    expect(stdout).toMatch(/--- PASS: TestBatch/);
  });
});
