import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { ask, post, startServer, temporaryDirectory, until } from './testing/server-process.ts';

const directory = temporaryDirectory();
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

describe('the life of the server', () => {
  it('keeps all that was answered, also after kill -9 in the middle of a query', async () => {
    const first = await startServer({ directory });
    await ask(first, 'CREATE TABLE kept (a UInt32) ENGINE = MergeTree ORDER BY a');
    for (let i = 0; i < 20; i++)
      await ask(first, `INSERT INTO kept SELECT number FROM numbers(${String(i * 1000)}, 1000)`);
    post(first.url, 'SELECT max(sipHash64(number)) FROM numbers(100000000000)').catch(() => undefined);
    post(first.url, 'INSERT INTO kept SELECT 0 FROM numbers(100000000) WHERE sleepEachRow(0.1)').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.stop('SIGKILL');
    const second = await startServer({ directory });
    expect(await ask(second, 'SELECT count(), uniqExact(a) FROM kept')).toBe('20000\t20000');
    expect(await second.stop()).toBe(0);
    expect(fs.readdirSync(`${directory}/.server`)).toEqual([]);
  });

  it('names the process that has the directory', async () => {
    const first = await startServer({ directory });
    await expect(startServer({ directory })).rejects.toThrow(
      new RegExp(`home_in_use: The data directory .* is in use by process ${String(first.child.pid)}`),
    );
    expect(await ask(first, 'SELECT 1')).toBe('1');
    await first.stop();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets short queries finish, kills long ones and ends with 0',
    async (signal) => {
      const server = await startServer({ directory });
      const short = post(server.url, 'SELECT sleep(1)');
      const long = post(server.url, 'SELECT max(sipHash64(number)) FROM numbers(100000000000)').catch(() => undefined);
      const running = async (): Promise<boolean> =>
        Number(await ask(server, 'SELECT count() FROM system.processes')) >= 3;
      expect(await until(running)).toBe(true);
      const code = await server.stop(signal);
      expect((await short).status).toBe(200);
      await long;
      expect(code).toBe(0);
    },
  );

  it('names a port that is taken', async () => {
    const server = await startServer({ directory });
    const { port } = new URL(server.url);
    await expect(startServer({ args: ['--port', port] })).rejects.toThrow(/port_taken: Cannot listen on 127\.0\.0\.1/);
    await server.stop();
  });

  it.each([
    [['--port', 'x'], /usage_invalid: --port is x/],
    [['--unknown'], /usage_invalid/],
    [['--config-file', '/does/not/exist.xml'], /usage_invalid: --config-file \/does\/not\/exist\.xml does not exist/],
  ])('refuses the options %j', async (args, message) => {
    await expect(startServer({ args })).rejects.toThrow(message);
  });

  it('takes settings of the installation from a file', async () => {
    const file = `${directory}-extra.xml`;
    fs.writeFileSync(
      file,
      '<clickhouse><profiles><default><max_threads>1</max_threads></default></profiles><mark_cache_size>12345678</mark_cache_size></clickhouse>',
    );
    const server = await startServer({ directory, args: ['--config-file', file] });
    expect(await ask(server, "SELECT value FROM system.server_settings WHERE name = 'mark_cache_size'")).toBe(
      '12345678',
    );
    await server.stop();
    fs.rmSync(file);
  });
});
