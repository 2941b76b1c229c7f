import { describeFaults } from '@suuupra/contracts';
import type { ImportSummary, Reject } from '@suuupra/importer';
import pc from 'picocolors';

const count = (n: number): string => Math.round(n).toLocaleString('en');

const SHOWN_ROWS = 5;
const SHOWN_FAULTS = 2;

function describeReject({ line, faults }: Reject): string {
  const more = faults.length > SHOWN_FAULTS ? `; and ${String(faults.length - SHOWN_FAULTS)} more faults` : '';
  return `line ${count(line)}: ${describeFaults(faults.slice(0, SHOWN_FAULTS))}${more}`;
}

/** What an import did, for people. */
export function describeImport(summary: ImportSummary): string {
  const { events, rejected, rows, seconds, eventsPerSecond, topic, dryRun } = summary;
  const done = dryRun ? 'would be sent' : 'sent';
  const lines = [
    `${pc.bold(count(events))} events of ${count(rows)} rows ${done} to topic ${topic} in ${seconds.toFixed(1)} s (${count(eventsPerSecond)}/s)`,
  ];
  const types = Object.entries(summary.eventTypes).sort(([, a], [, b]) => b - a);
  if (types.length > 0) lines.push(`  ${types.map(([type, n]) => `${type} ${count(n)}`).join(', ')}`);
  if (summary.firstTimestamp !== null)
    lines.push(`  from ${summary.firstTimestamp} to ${String(summary.lastTimestamp)}`);
  if (summary.derivedIds > 0) lines.push(`  ${count(summary.derivedIds)} ids derived from their rows`);
  if (summary.resumedAtLine !== null)
    lines.push(`  together with an earlier run, from which this one went on at line ${count(summary.resumedAtLine)}`);
  if (rejected > 0) {
    const where = summary.rejectsFile === null ? '' : `, kept in ${summary.rejectsFile}`;
    lines.push(pc.yellow(`${count(rejected)} rows refused${where}`));
    for (const reject of summary.rejects.slice(0, SHOWN_ROWS)) lines.push(`  ${describeReject(reject)}`);
    if (rejected > SHOWN_ROWS) lines.push('  …');
  }
  if (!summary.complete) lines.push(pc.yellow('interrupted: the same command goes on from here'));
  return lines.join('\n');
}
