import { derivedId, describeFaults, formatTimestamp, validateEvent, type Fault, type IdKind } from '@suuupra/contracts';
import { SuuupraError } from '@suuupra/core';
import type { RowValues } from '../source/source.ts';
import { Columns } from './columns.ts';
import { Unfit, toText, type Convert } from './convert.ts';
import { compileJoins, type JoinTable } from './joins.ts';
import type { EventMapper } from './mapper.ts';
import { isTimezone } from './moment.ts';
import { compileProperties } from './properties.ts';
import type { MappedRow, Read } from './row.ts';
import { CANONICAL_ROW, type Mapping, type Value } from './schema.ts';
import { TIMESTAMP_FORMATS, timestampReader } from './timestamp.ts';
import { compileValue, type Refuse } from './value.ts';

/** A conversion to the text of a moment, by the format and zone that a value names. */
function momentConversion(spec: Value, path: string, refuse: Refuse): Convert {
  const { format = 'iso', timezone = 'UTC' } = spec;
  const zoned = isTimezone(timezone);
  const read = timestampReader(format, zoned ? timezone : 'UTC');
  if (read === undefined) refuse({ path: `${path}.format`, found: JSON.stringify(format), allowed: TIMESTAMP_FORMATS });
  if (!zoned)
    refuse({
      path: `${path}.timezone`,
      found: JSON.stringify(timezone),
      allowed: 'an IANA time zone such as Europe/Berlin',
    });
  return (value) => {
    const millis = read?.(value);
    return millis === undefined
      ? new Unfit(`a time from 1970 to 2099 in the format ${format}`)
      : formatTimestamp(millis);
  };
}

/** How many ids of users are remembered: rows of one user tend to come together, and an id costs a SHA-1. */
const REMEMBERED_USERS = 20_000;

function rememberingIds(kind: IdKind): (foreign: string) => string {
  const known = new Map<string, string>();
  return (foreign) => {
    let id = known.get(foreign);
    if (id === undefined) {
      id = derivedId(kind, foreign);
      if (known.size >= REMEMBERED_USERS) known.clear();
      known.set(foreign, id);
    }
    return id;
  };
}

/** `format` and `timezone` mean something only where a moment is read. */
function refuseMomentKeys(spec: Value, path: string, refuse: Refuse): void {
  for (const key of ['format', 'timezone'] as const)
    if (spec[key] !== undefined)
      refuse({
        path: `${path}.${key}`,
        found: JSON.stringify(spec[key]),
        allowed: 'only in timestamp and received_at',
      });
}

/**
 * Compiles a mapping for a file.
 * @param columns of the file; undefined where every row names its own (NDJSON)
 * @param tables the joined files, in the order of the mapping
 * @throws SuuupraError mapping_invalid with every fault: its key, what was found, what is allowed
 */
export function compileMapping(
  mapping: Mapping,
  columns: readonly string[] | undefined,
  tables: readonly JoinTable[],
): EventMapper {
  const faults: Fault[] = [];
  const refuse: Refuse = (fault) => faults.push(fault);
  const { event } = mapping;
  const join = compileJoins(mapping, columns, tables, refuse);
  const all = new Columns(columns, tables, mapping.absent);

  const field = (name: string, spec: Value | undefined, convert?: Convert): Read => {
    if (spec === undefined) return () => undefined;
    if (convert === undefined) refuseMomentKeys(spec, `event.${name}`, refuse);
    return compileValue(spec, `event.${name}`, name, convert ?? toText, all, refuse);
  };
  const moment = (name: string, spec: Value | undefined): Read =>
    spec === undefined ? () => undefined : field(name, spec, momentConversion(spec, `event.${name}`, refuse));

  const eventId = event.event_id === CANONICAL_ROW ? () => undefined : field('event_id', event.event_id);
  const { uuid: userKind, ...userSpec } = event.user_id;
  const userText = field('user_id', userSpec);
  const userId = userKind === undefined ? undefined : rememberingIds(userKind);
  const eventType = field('event_type', event.event_type);
  const session = field('session_id', event.session_id);
  const content = field('content_id', event.content_id);
  const timestamp = moment('timestamp', event.timestamp);
  const receivedAt = moment('received_at', event.received_at);
  for (const [name, spec] of Object.entries(event.properties))
    refuseMomentKeys(spec, `event.properties.${name}`, refuse);
  const properties = compileProperties(event, all, refuse);
  if (faults.length > 0)
    throw new SuuupraError('mapping_invalid', `Mapping: ${describeFaults(faults)}`, { details: { faults } });

  const begin = (values: RowValues, line: number): MappedRow => {
    const row: MappedRow = { values, line, joined: [], eventId: undefined, faults: [] };
    join(row);
    return row;
  };
  return {
    ownId(values, line) {
      if (event.event_id === CANONICAL_ROW) return undefined;
      const id = eventId(begin(values, line));
      return id === undefined ? undefined : String(id);
    },
    toEvent(values, line, id) {
      const row = begin(values, line);
      row.eventId = id;
      const foreign = userText(row);
      const derived = userId !== undefined && foreign !== undefined;
      const input = {
        event_id: id,
        event_type: eventType(row),
        user_id: derived ? userId(String(foreign)) : foreign,
        session_id: session(row),
        content_id: content(row),
        timestamp: timestamp(row),
        received_at: receivedAt(row),
        // The original stays beside the id that was derived from it; a mapping may give it another value.
        properties: { ...(derived ? { source_user_id: foreign } : {}), ...properties(row) },
      };
      return row.faults.length > 0 ? { ok: false, faults: row.faults } : validateEvent(input);
    },
  };
}
