import { describe, expect, it } from 'vitest';
import { splitParts } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=xyz';
const part = (name: string, data: string): string =>
  `--xyz\r\nContent-Disposition: form-data; name="${name}"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n${data}\r\n`;
const split = (body: string, type = TYPE): [string, string][] =>
  [...splitParts(Buffer.from(body, 'latin1'), type)].map(([name, data]) => [name, data.toString('latin1')]);

describe('splitParts', () => {
  it('gives the parts byte for byte', () => {
    const data = 'a\r\n\r\nb\n--xy\r\n\x00\xff';
    expect(split(`${part('one', data)}${part('two', '')}--xyz--\r\n`)).toEqual([
      ['one', data],
      ['two', ''],
    ]);
  });

  it('skips what stands before the first part, and takes a boundary in quotes', () => {
    expect(split(`preamble\r\n${part('a', 'b')}--xyz--`, 'multipart/form-data; boundary="xyz"')).toEqual([['a', 'b']]);
  });

  it.each([
    ['', 'no closing boundary'],
    [part('a', 'b'), 'not closed'],
    ['--xyz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xyz--', 'no name'],
    ['--xyz\r\nContent-Disposition: form-data; name="a"', 'not closed'],
  ])('refuses %j', (body, message) => {
    expect(() => split(body)).toThrow(message);
  });

  it('refuses a content type without a boundary', () => {
    expect(() => split('', 'multipart/form-data')).toThrow('no boundary');
  });
});
