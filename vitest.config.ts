import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const WORKSPACES = '{pipeline,plugin,datasource,panels,preview,scripts,tests,bench}';
const NEVER = ['**/node_modules/**', '**/dist/**'];
const kind = (name: string): string => `${WORKSPACES}/**/*.${name}.test.ts`;

/** A suite that talks to real parts: one file at a time, since they share the stack. */
const onStack = (name: string) => ({
  test: {
    name,
    include: [kind(name)],
    exclude: NEVER,
    globalSetup: ['tests/stack.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});

/**
 * unit: no process but the test's own. integration: a real stack (tests/stack.ts starts one for the whole run).
 * browser: the built bundle in the preview host and a real Chromium. long: what takes minutes (`npm run test:long`).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${WORKSPACES}/**/*.test.{ts,tsx}`],
          exclude: [...NEVER, '**/*.{integration,browser,long}.test.ts'],
          testTimeout: 60_000,
          // Vitest leaves a core for itself, which halves a machine of two.
          maxWorkers: availableParallelism(),
        },
      },
      onStack('integration'),
      onStack('browser'),
      onStack('long'),
    ],
  },
});
