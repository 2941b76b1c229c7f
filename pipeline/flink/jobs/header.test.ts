import { describe, expect, it } from 'vitest';
import { parseHeader } from './header.ts';

const GOOD = `-- What it is for.
-- In two lines.
--
-- @version 3
-- @owner growth
-- @state-ttl 24 h
-- @reads events, heartbeat
-- @writes core_metrics

-- @version 9
SELECT 1`;

describe('parseHeader', () => {
  it('reads the keys and the description of the first comment, and fills in defaults', () => {
    expect(parseHeader(GOOD, 'x.sql')).toEqual({
      version: 3,
      owner: 'growth',
      parallelism: 1,
      checkpointInterval: '5 s',
      stateTtl: '24 h',
      upgrade: 'savepoint',
      include: [],
      reads: ['events', 'heartbeat'],
      writes: ['core_metrics'],
      description: 'What it is for.\nIn two lines.',
    });
  });

  it('names all faults at once: missing, unknown, repeated and of the wrong form', () => {
    const bad = '-- @version one\n-- @owner a\n-- @owner b\n-- @state-ttl 5s\n-- @writes Core\n-- @colour red\n';
    expect(() => parseHeader(bad, 'sql/flink/x.sql')).toThrow(
      [
        'sql/flink/x.sql: @owner stands twice',
        '@version must be a whole number from 1 on, not "one"',
        '@state-ttl must be a duration such as `5 s`, `30 min` or `24 h`, not "5s"',
        '@reads is missing',
        '@writes must be names of lower-case letters, digits and _, not "Core"',
        '@colour is not known',
      ].join('; '),
    );
  });

  it('refuses an upgrade policy that there is not', () => {
    const bad = GOOD.replace('-- @owner growth', '-- @owner growth\n-- @upgrade hope');
    expect(() => parseHeader(bad, 'x.sql')).toThrow('@upgrade must be savepoint, last-state, stateless, not "hope"');
  });
});
