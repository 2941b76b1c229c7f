import { describe, expect, it } from 'vitest';
import { readGo, readVitest } from './test-results.ts';

describe('the one summary of all runners', () => {
  it('counts what vitest passed, failed and skipped, and a file that did not load as a failure', () => {
    const results = readVitest(
      {
        success: false,
        testResults: [
          {
            name: '/p/a.test.ts',
            status: 'failed',
            assertionResults: [
              { fullName: 'adds', status: 'passed' },
              { fullName: 'breaks', status: 'failed' },
              { fullName: 'needs data (skipped: no data)', status: 'skipped' },
            ],
          },
          { name: '/p/b.test.ts', status: 'failed', message: 'SyntaxError: x\n  at y', assertionResults: [] },
        ],
      },
      '/p',
    );
    expect(results).toEqual({
      passed: 1,
      failed: 2,
      failures: ['a.test.ts › breaks', 'b.test.ts: SyntaxError: x'],
      skipped: ['a.test.ts › needs data (skipped: no data)'],
    });
  });

  it('counts go tests, names the reason of a skip, and a package that does not build as a failure', () => {
    const lines = [
      { Action: 'pass', Package: 'p', Test: 'TestA' },
      { Action: 'output', Package: 'p', Test: 'TestB', Output: '    b_test.go:3: no server\n' },
      { Action: 'skip', Package: 'p', Test: 'TestB' },
      { Action: 'fail', Package: 'p', Test: 'TestC' },
      { Action: 'fail', Package: 'p' },
      { Action: 'fail', Package: 'q' },
    ];
    expect(readGo(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual({
      passed: 1,
      failed: 2,
      failures: ['p › TestC', 'q: did not build or crashed'],
      skipped: ['p › TestB (b_test.go:3: no server)'],
    });
  });
});
