/** What the runners of all languages said, brought to one form. */
export interface Results {
  passed: number;
  failed: number;
  failures: string[];
  skipped: string[];
}

export const emptyResults = (): Results => ({ passed: 0, failed: 0, failures: [], skipped: [] });

/** Adds `more` to `total`. */
export function addResults(total: Results, more: Results): void {
  total.passed += more.passed;
  total.failed += more.failed;
  total.failures.push(...more.failures);
  total.skipped.push(...more.skipped);
}

interface VitestAssertion {
  fullName: string;
  status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
}
interface VitestReport {
  success: boolean;
  testResults: { name: string; status: string; message?: string; assertionResults: VitestAssertion[] }[];
}

/**
 * Reads the report of vitest's JSON reporter. A file that did not even load counts as one failed test.
 * @param root start of the paths that are cut from file names
 */
export function readVitest(report: VitestReport, root: string): Results {
  const results = emptyResults();
  for (const file of report.testResults) {
    const name = file.name.replace(`${root}/`, '');
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      results.failed++;
      results.failures.push(`${name}: ${file.message?.split('\n')[0] ?? 'did not load'}`);
    }
    for (const test of file.assertionResults) {
      const full = `${name} › ${test.fullName}`;
      if (test.status === 'passed') results.passed++;
      else if (test.status === 'failed') {
        results.failed++;
        results.failures.push(full);
      } else results.skipped.push(full);
    }
  }
  return results;
}

interface GoEvent {
  Action: string;
  Package?: string;
  Test?: string;
  Output?: string;
}

/** Reads the lines of `go test -json`. A package that does not build counts as one failed test. */
export function readGo(output: string): Results {
  const results = emptyResults();
  const reasons = new Map<string, string>();
  const failedPackages = new Set<string>();
  const failedTests = new Set<string>();
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    const event = JSON.parse(line) as GoEvent;
    const name = `${event.Package ?? ''} › ${event.Test ?? ''}`;
    if (event.Test === undefined) {
      if (event.Action === 'fail' && event.Package !== undefined) failedPackages.add(event.Package);
      continue;
    }
    if (event.Action === 'output' && /^\s+\S+\.go:\d+: /.test(event.Output ?? ''))
      reasons.set(name, (event.Output ?? '').trim());
    if (event.Action === 'pass') results.passed++;
    else if (event.Action === 'fail') {
      results.failed++;
      results.failures.push(name);
      failedTests.add(event.Package ?? '');
    } else if (event.Action === 'skip') results.skipped.push(`${name} (${reasons.get(name) ?? 'no reason given'})`);
  }
  for (const name of failedPackages)
    if (!failedTests.has(name)) {
      results.failed++;
      results.failures.push(`${name}: did not build or crashed`);
    }
  return results;
}
