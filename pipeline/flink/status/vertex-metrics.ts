import * as v from 'valibot';
import type { JobManager } from '../cluster/job-manager.ts';

const Summed = v.array(v.object({ id: v.string(), sum: v.optional(v.number()) }));

/** What is counted over all operators of a job, by the end of the metric's name. */
const COUNTERS = {
  /** Messages that could not be decoded. */
  malformed: '.deserializer.malformed_messages',
  /** Messages without a value. */
  empty: '.deserializer.empty_messages',
  /** Records that a window dropped because it had been written already, after those that the job routes itself. */
  lateDropped: '.numLateRecordsDropped',
} as const;

export type JobCounters = Readonly<Record<keyof typeof COUNTERS, number>>;

/** Sums since the job was started or restarted, over all vertices and their subtasks. */
export async function jobCounters(cluster: JobManager, id: string, vertices: readonly string[]): Promise<JobCounters> {
  const totals = Object.fromEntries(Object.keys(COUNTERS).map((key) => [key, 0])) as Record<
    keyof typeof COUNTERS,
    number
  >;
  for (const vertex of vertices) {
    const path = `/jobs/${id}/vertices/${vertex}/subtasks/metrics`;
    const names = (await cluster.call('GET', path, Summed)).map((metric) => metric.id);
    for (const [key, ending] of Object.entries(COUNTERS) as [keyof typeof COUNTERS, string][]) {
      const wanted = names.filter((name) => name.endsWith(ending));
      if (wanted.length === 0) continue;
      const query = `?get=${wanted.map(encodeURIComponent).join(',')}&agg=sum`;
      for (const { sum } of await cluster.call('GET', path + query, Summed)) totals[key] += sum ?? 0;
    }
  }
  return totals;
}
