import { KNOWN_PROPERTIES } from '@suuupra/contracts';
import type { Question } from '../../asking/ask.ts';

/** How many of the newest events of a type are read to say what they carry. */
export const SAMPLE = 20_000;

/** Types of events in the time range, with how many there were and of how many users. */
export const CATALOGUE: Question = {
  sql: `SELECT event_type AS event, count() AS events, max(timestamp) AS last_seen, uniq(user_id) AS users,
  (SELECT uniq(user_id) FROM unique_events WHERE $__timeFilter_ms(timestamp)) AS all_users
FROM unique_events
WHERE $__timeFilter_ms(timestamp)
GROUP BY event
ORDER BY events DESC, event
LIMIT 1000`,
};

const columns = ['session_id', 'content_id', ...Object.keys(KNOWN_PROPERTIES)];

/**
 * What events of one type carry: each column that is filled and each key of the other properties, in how many of the
 * sample, with its types and most frequent values. toJSONString makes texts of columns and keys alike.
 */
export const propertiesQuestion = (event: string): Question => ({
  sql: `SELECT property.1 AS name, count() AS filled, any(sampled) AS of,
  arrayStringConcat(arraySort(groupUniqArray(toString(JSONType(property.2)))), ', ') AS types,
  toJSONString(topK(4)(substring(property.2, 1, 80))) AS examples
FROM (
  SELECT count() OVER () AS sampled, arrayConcat(
    [${columns.map((name) => `('${name}', toJSONString(${name}))`).join(', ')}],
    JSONExtractKeysAndValuesRaw(toJSONString(properties))
  ) AS pairs
  FROM (
    SELECT ${columns.join(', ')}, properties FROM unique_events
    WHERE event_type = {event:String} AND $__timeFilter_ms(timestamp)
    ORDER BY timestamp DESC
    LIMIT ${String(SAMPLE)}
  )
)
ARRAY JOIN arrayFilter(pair -> pair.2 != 'null', pairs) AS property
GROUP BY name
ORDER BY filled DESC, name
LIMIT 500`,
  params: { event: { type: 'String', value: event } },
});

const TYPES: Readonly<Record<string, string>> = {
  Int64: 'number',
  UInt64: 'number',
  Double: 'number',
  String: 'text',
  Bool: 'yes or no',
  Array: 'list',
  Object: 'object',
};

/** Types of JSON in words, each once. */
export const typeWords = (types: string): string =>
  [...new Set(types.split(', ').map((type) => TYPES[type] ?? type))].join(' or ');

/** Example values: JSON texts in a JSON list, without the quotes of texts. */
export function examplesOf(list: string): string[] {
  const texts = JSON.parse(list) as string[];
  return texts.map((text) => {
    try {
      const value = JSON.parse(text) as unknown;
      return typeof value === 'string' ? value : text;
    } catch {
      return `${text.replace(/^"/, '')}…`; // cut off in the middle
    }
  });
}
