import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEngineConfig } from './engine-config.ts';

let directory: string;
beforeEach(() => (directory = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-config & '))));
afterEach(() => fs.rmSync(directory, { recursive: true }));
const read = (name: string): string => fs.readFileSync(path.join(directory, 'run', name), 'utf8');

describe('writeEngineConfig', () => {
  it('names the users file in well-formed XML, whatever the path', () => {
    expect(writeEngineConfig(path.join(directory, 'run'), undefined)).toBe(path.join(directory, 'run', 'config.xml'));
    expect(read('config.xml')).toContain('engine-config &amp; ');
  });

  it('grants no source but Kafka, and not the end of the process', () => {
    writeEngineConfig(path.join(directory, 'run'), undefined);
    const grants = [...read('users.xml').matchAll(/<query>(.*)<\/query>/g)].map((match) => match[1] ?? '');
    const granted = grants.filter((grant) => grant.startsWith('GRANT')).join('\n');
    expect(granted).not.toMatch(/\b(ALL|FILE|URL|REMOTE|S3|SOURCES|READ|WRITE|BACKUP|ROLE|USER|INTROSPECTION)\b/);
    expect(grants).toContain('REVOKE SYSTEM SHUTDOWN, SYSTEM FAILPOINT ON *.*');
  });

  it('lays the file of the installation over it, and leaves nothing of an older one', () => {
    const extra = path.join(directory, 'extra.xml');
    fs.writeFileSync(extra, '<clickhouse/>');
    writeEngineConfig(path.join(directory, 'run'), extra);
    expect(read('config.d/installation.xml')).toBe('<clickhouse/>');
    writeEngineConfig(path.join(directory, 'run'), undefined);
    expect(fs.readdirSync(path.join(directory, 'run', 'config.d'))).toEqual([]);
  });
});
