import { describe, expect, it } from 'vitest';
import { Formats } from './formats.ts';
import { handshakeBlock, isHandshake } from './handshake.ts';
import { parseStatement } from './statement.ts';

const facts = { version: '26.7.2.1', timezone: 'UTC', displayName: 'host', formats: new Formats('TSV\ttext/plain') };
const asks = (text: string): boolean => {
  const statement = parseStatement(text);
  return statement.kind === 'rows' && isHandshake(statement);
};

describe('the question of clickhouse-go', () => {
  it('is known, and nothing like it', () => {
    expect(asks('SELECT displayName(), version(), revision(), timezone()')).toBe(true);
    expect(asks('SELECT displayName(), version(), revision(), timezone() FROM system.one')).toBe(false);
  });

  it('is answered with a block in the form of its revision', () => {
    const plain = handshakeBlock(facts, 0);
    expect([...plain.subarray(0, 2)]).toEqual([4, 1]);
    expect(plain.toString('latin1')).toContain('\x09version()\x06String\x0826.7.2.1');
    const newer = handshakeBlock(facts, 54_460);
    expect(newer.subarray(0, 8).toString('hex')).toBe('010002ffffffff00');
    expect(newer).toHaveLength(plain.length + 8 + 4);
  });
});
