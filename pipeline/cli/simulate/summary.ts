import type { SimulationSummary } from '@suuupra/simulator';
import pc from 'picocolors';

const count = (n: number): string => Math.round(n).toLocaleString('en');

/** What a simulation has sent, for people. */
export function describeSimulation(summary: SimulationSummary): string {
  const { events, visits, users, seed, seconds, eventsPerSecond, past, live, late, again } = summary;
  const lines = [
    `${pc.bold(count(events))} events of ${count(visits)} visits in ${seconds.toFixed(1)} s (${count(eventsPerSecond)}/s); seed ${seed}, ${count(users)} places for users`,
  ];
  if (past !== null) lines.push(`  past: ${count(past.events)} events from ${past.from} to ${past.until}`);
  if (live !== null) lines.push(`  live: ${count(live.events)} events from ${live.from} to ${live.until}`);
  const types = Object.entries(summary.eventTypes).sort(([, a], [, b]) => b - a);
  lines.push(`  ${types.map(([type, n]) => `${type} ${count(n)}`).join(', ')}`);
  if (late + again > 0) lines.push(`  ${count(late)} late, ${count(again)} sent a second time`);
  return lines.join('\n');
}
