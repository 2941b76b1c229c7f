import { expect } from 'vitest';
import { compile } from '../compile.ts';
import type { Engine, Row } from '../testing/engine.ts';

export const BASE = Date.UTC(2026, 0, 5);
export const DAY = 86_400_000;
export const AS_OF = new Date(BASE + 40 * DAY).toISOString();
export const USER = 'c0ffee00-0000-4000-8000-00000000000a';
export const OTHER = '0ddba11a-0000-4000-8000-00000000000b';

export const eventId = (id: number, index: number): string =>
  `${id.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** What `why` says of a user: the rows, and the row of meta. */
export interface Why {
  readonly rows: readonly Row[];
  readonly verdict: Row;
}

export async function why(engine: Engine, of: unknown, user = USER): Promise<Why> {
  const compiled = compile({ analysis: 'why', of, user });
  const [verdict] = compiled.meta === undefined ? [] : await engine.query(compiled.meta);
  expect(verdict).toBeDefined();
  return { rows: await engine.query(compiled), verdict: verdict ?? {} };
}
