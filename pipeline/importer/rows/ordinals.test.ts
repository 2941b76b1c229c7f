import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ordinals } from './ordinals.ts';

function withFolder<T>(use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suuupra-ordinals-'));
  try {
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The plain way: counts in a Map. */
function counted(rows: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const ordinal = (seen.get(row) ?? 0) + 1;
    seen.set(row, ordinal);
    return ordinal;
  });
}

test('ordinals are those of a plain count, whatever goes to disk and wherever one begins to ask', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 80 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(80),
      (rows, bufferRecords, windowRows, from) => {
        withFolder((folder) => {
          const ordinals = new Ordinals(folder, { bufferRecords, windowRows });
          rows.forEach((row, number) => {
            ordinals.add(number, row);
          });
          ordinals.finish();
          const expected = counted(rows).slice(from);
          expect(expected.map((_, n) => ordinals.ordinalOf(from + n))).toEqual(expected);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('what a killed run has left in the folder changes nothing', () => {
  withFolder((folder) => {
    const fill = (): Ordinals => {
      const ordinals = new Ordinals(folder, { bufferRecords: 2, windowRows: 4 });
      for (let row = 0; row < 20; row++) ordinals.add(row, 'same');
      ordinals.finish();
      return ordinals;
    };
    fill();
    const again = fill();
    expect(Array.from({ length: 20 }, (_, row) => again.ordinalOf(row))).toEqual(counted(Array(20).fill('same')));
  });
});
