import { expect, test } from 'vitest';
import { isTimezone } from './moment.ts';
import { timestampReader } from './timestamp.ts';

const read = (format: string, value: unknown, timezone = 'UTC'): string | undefined => {
  const millis = timestampReader(format, timezone)?.(value);
  return millis === undefined ? undefined : new Date(millis).toISOString();
};

test.each([
  ['iso', '2020-02-04 19:16:09.182546', '2020-02-04T19:16:09.182Z'],
  ['iso', '2020-02-04 19:17:51.72942', '2020-02-04T19:17:51.729Z'],
  ['iso', '2020-02-04T19:16:09.999999999Z', '2020-02-04T19:16:09.999Z'],
  ['iso', '2020-02-04T19:16:09,5+02:00', '2020-02-04T17:16:09.500Z'],
  ['iso', '2020-02-04 19:16:09 -0330', '2020-02-04T22:46:09.000Z'],
  ['iso', '2020-02-04 19:16', '2020-02-04T19:16:00.000Z'],
  ['iso', '2020-02-29', '2020-02-29T00:00:00.000Z'],
  ['iso', new Date('2020-02-04T19:16:09.182Z'), '2020-02-04T19:16:09.182Z'],
  ['YYYYMMDD', '19970118', '1997-01-18T00:00:00.000Z'],
  ['YYYYMMDDHHmmssS', '20200204191609182546', '2020-02-04T19:16:09.182Z'],
  ['DD/MM/YYYY HH:mm', '4/2/2020 9:16', '2020-02-04T09:16:00.000Z'],
  ['YYYY-MM-DDTHH:mm:ss.SZ', '2020-02-04T19:16:09.1+01', '2020-02-04T18:16:09.100Z'],
  ['unix_seconds', '1580843769.182546', '2020-02-04T19:16:09.182Z'],
  ['unix_seconds', 1580843769, '2020-02-04T19:16:09.000Z'],
  ['unix_milliseconds', '1580843769182', '2020-02-04T19:16:09.182Z'],
  ['unix_microseconds', 1580843769182999, '2020-02-04T19:16:09.182Z'],
  ['unix_nanoseconds', 1580843769182999999n, '2020-02-04T19:16:09.182Z'],
  ['unix_nanoseconds', '1580843769182000000', '2020-02-04T19:16:09.182Z'],
  ['unix_milliseconds', '0', '1970-01-01T00:00:00.000Z'],
  ['unix_microseconds', '7', '1970-01-01T00:00:00.000Z'],
])('%s reads %s without rounding', (format, value, expected) => {
  expect(read(format, value)).toBe(expected);
});

test.each([
  ['iso', '2021-02-29'],
  ['iso', '2020-02-04 24:00'],
  ['iso', '2020-02-04 19:16:60'],
  ['iso', '2020-02-04T19:16:09+15:00'],
  ['iso', '1969-12-31'],
  ['iso', '04.02.2020'],
  ['iso', 1580843769],
  ['YYYYMMDD', '1997118'],
  ['DD/MM/YYYY', '30/02/2020'],
  ['unix_seconds', '-1'],
  ['unix_seconds', '1e9'],
  ['unix_milliseconds', '99999999999999999'],
  ['unix_seconds', true],
])('%s refuses %j', (format, value) => {
  expect(timestampReader(format, 'UTC')).toBeDefined();
  expect(read(format, value)).toBeUndefined();
});

test.each(['epoch', 'YYYY-MM', 'DD MMM YYYY', 'YYYY-MM-DD YYYY', 'YYYY-MM-DD at HH:mm', ''])(
  '%j is no format',
  (format) => {
    expect(timestampReader(format, 'UTC')).toBeUndefined();
  },
);

test.each([
  ['Europe/Berlin', '2026-01-15 12:00', '2026-01-15T11:00:00.000Z'],
  ['Europe/Berlin', '2026-07-15 12:00', '2026-07-15T10:00:00.000Z'],
  ['Asia/Kolkata', '2026-07-15 12:00', '2026-07-15T06:30:00.000Z'],
  ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
  ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', '2026-03-08 02:15', '2026-03-08T07:15:00.000Z'],
  ['America/New_York', '2026-03-08 02:15Z', '2026-03-08T02:15:00.000Z'],
])('in %s, %s is %s', (timezone, local, expected) => {
  expect(read('iso', local, timezone)).toBe(expected);
});

test('a time zone that nobody knows is none', () => {
  expect(isTimezone('Europe/Atlantis')).toBe(false);
  expect(isTimezone('America/Sao_Paulo')).toBe(true);
});
