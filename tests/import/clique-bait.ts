import fs from 'node:fs';
import { projectPath } from '@suuupra/core';

/** The public data set; it lies beside the repository and is not part of it. */
export const CLIQUE_BAIT = projectPath('..', 'shared', 'data', 'clique-bait', 'events.csv');
export const isAbsent = !fs.existsSync(CLIQUE_BAIT);
/** For the name of a test that needs the data set. */
export const WHEN_ABSENT = isAbsent ? ' (skipped: ../shared/data/clique-bait is absent)' : '';

/** Events in the file. */
export const EVENTS = 32_734;
/** SQL: events of the file that the warehouse has. */
export const STORED = 'SELECT count() AS events FROM events FINAL WHERE isNotNull(properties.source_cookie_id)';

/** Steps of the funnel over visits, and the codes of the file's event types. */
const STEPS = { page_view: '1', add_to_cart: '2', purchase: '3' };

/** The funnel over the visits of the file. */
export const FUNNEL = {
  analysis: 'funnel',
  unit: 'session',
  steps: Object.keys(STEPS).map((event) => ({ event })),
  filters: [{ property: 'source_cookie_id', op: 'exists' }],
};

/** How many visits have a page view, then an item put into the cart, then a purchase: a plain loop over the file. */
export function plainCounts(): number[] {
  const [head = '', ...lines] = fs.readFileSync(CLIQUE_BAIT, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  const at = (name: string): number => columns.indexOf(name);
  const visits = new Map<string, { type: string; sequence: number }[]>();
  for (const line of lines) {
    const fields = line.split(',');
    const visit = fields[at('visit_id')] ?? '';
    const steps = visits.get(visit) ?? [];
    steps.push({ type: fields[at('event_type')] ?? '', sequence: Number(fields[at('sequence_number')]) });
    visits.set(visit, steps);
  }
  const counts = [0, 0, 0];
  for (const events of visits.values()) {
    let level = 0;
    for (const { type } of events.sort((a, b) => a.sequence - b.sequence))
      if (type === Object.values(STEPS)[level]) level++;
    for (let step = 0; step < level; step++) counts[step] = (counts[step] ?? 0) + 1;
  }
  return counts;
}
