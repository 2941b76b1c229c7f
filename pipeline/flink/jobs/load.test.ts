import { describe, expect, it } from 'vitest';
import { loadJob, loadJobs } from './load.ts';

const CONFIG = { kafkaBrokersInternal: ['kafka:1', 'kafka:2'], registryUrlInternal: 'http://registry/v7' };
const textOf = (job: ReturnType<typeof loadJob>): string =>
  [...job.script.prepare, job.script.run].map(({ text }) => text).join(';\n');

describe('the jobs of sql/flink', () => {
  it('are all of the right form', () => {
    expect(loadJobs(CONFIG).map(({ name }) => name)).toContain('core_metrics');
  });

  it('have every placeholder filled', () => {
    for (const job of loadJobs(CONFIG)) expect(textOf(job)).not.toContain('{{');
  });

  it('never give two sinks the same transactions', () => {
    const prefixes = loadJobs(CONFIG).flatMap((job) => [
      ...textOf(job).matchAll(/transactional-id-prefix' = '([^']+)'/g),
    ]);
    expect(new Set(prefixes.map(([, prefix]) => prefix)).size).toBe(prefixes.length);
  });
});

describe('loadJob', () => {
  it('runs a file under another name, with a group, transactions and topics of its own', () => {
    const job = loadJob(CONFIG, 'core_metrics', { name: 'copy', topics: { events: 'other_events' } });
    const text = textOf(job);
    expect(text).toContain("'topic' = 'other_events'");
    expect(text).toContain("'properties.group.id' = 'flink_copy'");
    expect(text).toContain("'sink.transactional-id-prefix' = 'copy-core_metrics'");
    expect(job.header.reads).toEqual(['other_events']);
    expect(job.trial.prepare.map(({ text: sql }) => sql).join()).toContain("'flink_copy_trial'");
  });

  it('gives the same hash for the same file and another for other statements', () => {
    const hash = loadJob(CONFIG, 'core_metrics').hash;
    expect(loadJob(CONFIG, 'core_metrics').hash).toBe(hash);
    expect(loadJob({ ...CONFIG, kafkaBrokersInternal: ['other:1'] }, 'core_metrics').hash).not.toBe(hash);
  });

  it('names the jobs that there are', () => {
    expect(() => loadJob(CONFIG, 'core_metric')).toThrow(/There is no job core_metric; there are .*core_metrics/);
  });
});
