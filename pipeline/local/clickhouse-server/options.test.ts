import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('reads all options', () => {
    const file = path.resolve('package.json');
    expect(parseOptions(['--port', '8123', '--host', '::1', '--data', 'd', '--config-file', file])).toEqual({
      port: 8123,
      host: '::1',
      dataDirectory: path.resolve('d'),
      configFile: file,
    });
  });

  it('listens on loopback unless it is told otherwise', () => {
    expect(parseOptions(['--port', '0', '--data', 'd']).host).toBe('127.0.0.1');
  });

  it.each([
    [[], '--port is missing'],
    [['--port', '70000', '--data', 'd'], '--port is 70000'],
    [['--port', '1'], '--data is missing'],
    [['--port', '1', '--data', 'a*b'], 'takes * in a path for a pattern'],
    [['--port', '1', '--data', 'd', '--config-file', 'no-such-file.xml'], 'does not exist'],
    [['--verbose'], "Unknown option '--verbose'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
