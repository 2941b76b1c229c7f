import { KNOWN_PROPERTIES } from '@suuupra/contracts';
import type { Question } from '../../asking/ask.ts';
import { textOf, type Row } from '../../asking/rows.ts';

/** How many events a timeline reads at most. */
export const MOST_EVENTS = 500;

const KNOWN = Object.keys(KNOWN_PROPERTIES);

/** The newest events of a user in the time range; one more than is shown, to know whether there are more. */
export const timelineQuestion = (user: string): Question => ({
  sql: `SELECT timestamp AS time, toString(event_id) AS event_id, event_type AS event, session_id, content_id,
  ${KNOWN.join(', ')}, toJSONString(properties) AS more
FROM unique_events
WHERE user_id = {user:UUID} AND $__timeFilter_ms(timestamp)
ORDER BY timestamp DESC, event_id
LIMIT {most:UInt32}`,
  params: { user: { type: 'UUID', value: user }, most: { type: 'UInt32', value: MOST_EVENTS + 1 } },
});

/** Everything that an event carries besides what it is: known properties, then the others by name. */
export function propertiesOf(row: Row): (readonly [name: string, value: string])[] {
  const known = KNOWN.map((name) => [name, textOf(row[name])] as const).filter(([, value]) => value !== '');
  return [...known, ...Object.entries(others(row['more'])).flatMap(([name, value]) => flattened(name, value))];
}

function others(text: Row[string] | undefined): Record<string, unknown> {
  try {
    const parsed = JSON.parse(textOf(text)) as unknown;
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {}; // no properties of its own
  }
}

/** Objects in a property are properties with a dot in the name, as definitions say them. */
function flattened(name: string, value: unknown): (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => flattened(`${name}.${key}`, inner));
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}
