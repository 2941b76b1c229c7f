import type { PropertyColumn } from './columns.ts';
import {
  acceptedQuery,
  checkedColumns,
  checkedQuery,
  decodedQuery,
  incomingColumns,
  kafkaTable,
  refusedQuery,
} from './sql.ts';

/** The line by which a migration says which properties the intake knows after it. */
const MARK = '-- properties: ';

/** The properties that the intake knows after a migration, or undefined where it does not touch the intake. */
export const propertiesOf = (migration: string): readonly string[] | undefined =>
  migration
    .split('\n')
    .find((line) => line.startsWith(MARK))
    ?.slice(MARK.length)
    .split(', ');

const table = (name: string, columns: readonly string[]): string =>
  `CREATE TABLE IF NOT EXISTS ${name}\n(\n${columns.map((column) => `    ${column}`).join(',\n')}\n)\nENGINE = Null`;

const HEAD = `-- The way of a message from Kafka into its table. Written by \`npm run generate\` from the contract of events.
--
--   kafka_events ──events_mv──► incoming_events ──checked_events_mv──► checked_events ──accepted_events_mv──► events
--   (the topic)                 (decoded)                              (judged)       ──refused_events_mv──► dead_letters
--
-- incoming_events and checked_events hold nothing: they are joints. Other lanes decode into incoming_events too, so that
-- the rules stand in one place.
`;

/** The first migration of the intake. */
export function createIntake(properties: readonly PropertyColumn[]): string {
  const statements = [
    table('incoming_events', incomingColumns(properties)),
    table('checked_events', checkedColumns(properties)),
    `CREATE TABLE IF NOT EXISTS ${kafkaTable(properties)}`,
    // From the end of the chain to its beginning: nothing is consumed before there is a place for it.
    `CREATE MATERIALIZED VIEW IF NOT EXISTS refused_events_mv TO dead_letters AS\n${refusedQuery}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS accepted_events_mv TO events AS\n${acceptedQuery(properties)}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS checked_events_mv TO checked_events AS\n${checkedQuery(properties)}`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS events_mv TO incoming_events AS\n${decodedQuery(properties)}`,
  ];
  return render(properties, statements);
}

/**
 * The migration that lets the intake take further properties, or follow changed rules. Consuming goes on meanwhile: from the end of the chain to
 * its beginning every object learns the column before anything is sent to it, and until the last step the columns are
 * NULL. Producers may use the properties when the new contract is registered, which is done after it.
 * @param properties of the contract as it is now
 * @param added those of them that the intake does not know yet
 */
export function extendIntake(properties: readonly PropertyColumn[], added: readonly PropertyColumn[]): string {
  const addTo = (name: string, type: (column: PropertyColumn) => string): string[] => {
    const clauses = added.map((column) => {
      const previous = properties[properties.indexOf(column) - 1];
      return `    ADD COLUMN IF NOT EXISTS ${column.name} ${type(column)} AFTER ${previous?.name ?? 'received_at'}`;
    });
    return clauses.length > 0 ? [`ALTER TABLE ${name}\n${clauses.join(',\n')}`] : [];
  };
  const statements = [
    ...addTo('events', ({ type }) => type),
    ...addTo('checked_events', ({ decodedType }) => decodedType),
    `ALTER TABLE accepted_events_mv MODIFY QUERY\n${acceptedQuery(properties)}`,
    ...addTo('incoming_events', ({ decodedType }) => decodedType),
    `ALTER TABLE checked_events_mv MODIFY QUERY\n${checkedQuery(properties)}`,
    `CREATE OR REPLACE TABLE ${kafkaTable(properties)}`,
    `ALTER TABLE events_mv MODIFY QUERY\n${decodedQuery(properties)}`,
    `CREATE OR REPLACE VIEW unique_events AS
SELECT * EXCEPT (_topic, _partition, _offset, _kafka_timestamp, inserted_at, _deleted)
FROM events FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1`,
  ];
  return render(properties, statements);
}

const render = (properties: readonly PropertyColumn[], statements: readonly string[]): string =>
  `${HEAD}${MARK}${properties.map(({ name }) => name).join(', ')}\n\n${statements.join(';\n\n')};\n`;
