import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundle } from './bundle.ts';

test('the SDK is smaller than 5 kB after gzip, and does what pages with a strict policy forbid nowhere', async () => {
  for (const format of ['iife', 'esm'] as const) {
    const script = await bundle(format);
    expect(gzipSync(script).length).toBeLessThan(5_000);
    expect(script).toContain('sendBeacon');
    expect(script).not.toMatch(/document\.cookie|\beval\b|new Function/);
  }
});
