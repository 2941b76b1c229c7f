import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ClickHouseError } from './errors.ts';
import { isMultipart, parseRequest } from './request.ts';

const message = (url: string, headers: Record<string, string> = {}, method = 'POST'): IncomingMessage =>
  ({ url, headers, method }) as unknown as IncomingMessage;

const codeOf = (url: string): number => {
  try {
    parseRequest(message(url));
  } catch (error) {
    if (error instanceof ClickHouseError) return error.code;
    throw error;
  }
  return 0;
};

describe('parseRequest', () => {
  it('sorts the parameters of the URL', () => {
    const request = parseRequest(
      message(
        '/?query=SELECT+%7Bx%3AUInt8%7D&param_x=1&database=d&default_format=CSV&max_threads=2&query_id=q&readonly=1',
      ),
    );
    expect(request).toMatchObject({
      text: 'SELECT {x:UInt8}',
      database: 'd',
      format: 'CSV',
      queryId: 'q',
      settings: [
        ['max_threads', '2'],
        ['readonly', '1'],
      ],
    });
    expect([...request.parameters]).toEqual([['x', '1']]);
  });

  it('takes database and format from headers too, after the URL', () => {
    const headers = { 'x-clickhouse-database': 'h', 'x-clickhouse-format': 'JSON' };
    expect(parseRequest(message('/', headers))).toMatchObject({ database: 'h', format: 'JSON' });
    expect(parseRequest(message('/?database=u', headers))).toMatchObject({ database: 'u' });
  });

  it('makes up a query id where there is none', () => {
    expect(parseRequest(message('/')).queryId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['gzip, deflate', 'gzip'],
    ['br;q=1.0, gzip;q=0.5', 'gzip'],
    ['zstd', 'zstd'],
    ['gzip;q=0, br', 'br'],
    ['deflate', undefined],
    ['', undefined],
  ])('answers Accept-Encoding %j with %s', (accept, encoding) => {
    expect(parseRequest(message('/', { 'accept-encoding': accept })).encoding).toBe(encoding);
  });

  it('does not compress where the client has switched it off', () => {
    expect(
      parseRequest(message('/?enable_http_compression=0', { 'accept-encoding': 'gzip' })).encoding,
    ).toBeUndefined();
  });

  it('reads a session', () => {
    expect(parseRequest(message('/?session_id=s&session_timeout=5&session_check=1')).session).toEqual({
      id: 's',
      timeout: 5,
      check: true,
      close: false,
    });
  });

  it.each([
    ['/?session_id=s&session_timeout=x', 374],
    ['/?session_id=s&session_timeout=99999', 374],
    ['/?compress=1', 48],
    ['/?decompress=1', 48],
    ['/?role=admin', 511],
  ])('refuses %s with code %i', (url, code) => {
    expect(codeOf(url)).toBe(code);
  });

  it('says what to use instead of compressed frames', () => {
    expect(() => parseRequest(message('/?compress=1'))).toThrow(/gzip, zstd, br; in clickhouse-go .*CompressionGZIP/);
  });

  it('keeps descriptions of external tables apart from settings, in a multipart request only', () => {
    const url = '/?t_structure=a+UInt8&t_format=CSV&date_time_input_format=basic';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(isMultipart(message(url, headers))).toBe(true);
    expect([...parseRequest(message(url, headers)).externals]).toEqual([
      ['t_structure', 'a UInt8'],
      ['t_format', 'CSV'],
      ['date_time_input_format', 'basic'],
    ]);
    expect(parseRequest(message(url)).settings).toHaveLength(3);
  });

  it.each(['/?%', '//?query=1', '/?query=%ff', '?', '/?a=1&a=2'])('does not stumble over %s', (url) => {
    expect(() => parseRequest(message(url))).not.toThrow();
  });
});
