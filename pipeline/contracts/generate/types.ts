import type { EventSchema, PropertyKind } from './schema.ts';

const RECORD_TYPES: Record<PropertyKind, string> = { text: 'string', number: 'number', decimal: 'Uint8Array' };

/** The TypeScript that follows from the schema: generated/event.ts. */
export function renderTypes({ text, fields, properties }: EventSchema): string {
  const comment = (doc: string): string => `  /** ${doc} */\n`;
  const column = ({ name, optional, logicalType }: EventSchema['fields'][number]): string => {
    if (name === 'properties') return `  readonly properties: PropertiesRecord;\n`;
    const type = logicalType === 'timestamp-millis' ? 'number' : 'string';
    return `  readonly ${name}: ${type}${optional ? ' | null' : ''};\n`;
  };
  const table = properties
    .map(
      ({ name, kind, lowCardinality, doc }) =>
        `  ${name}: { kind: '${kind}', lowCardinality: ${String(lowCardinality)}, doc: ${JSON.stringify(doc)} },\n`,
    )
    .join('');
  const records = properties
    .map(({ name, kind, doc }) => `${comment(doc)}  readonly ${name}: ${RECORD_TYPES[kind]} | null;\n`)
    .join('');
  return `// Generated from schemas/event.avsc by \`npm run generate\`. Edit that file, not this one.

/** How a known property travels: as text, as a double, or as an exact decimal with 6 places. */
export type PropertyKind = 'text' | 'number' | 'decimal';

/** The properties that have a field in the Avro record and a column in ClickHouse of their own. */
export const KNOWN_PROPERTIES = {
${table}} as const satisfies Record<string, { kind: PropertyKind; lowCardinality: boolean; doc: string }>;

export type KnownProperty = keyof typeof KNOWN_PROPERTIES;

/** The Avro record \`Properties\`; a decimal is its unscaled value, big-endian two's complement. */
export interface PropertiesRecord {
${records}  /** JSON object of every other property, and of known ones whose value is not of the field's type. */
  readonly extra: string | null;
}

/** The Avro record \`Event\`; moments are milliseconds since 1970. */
export interface EventRecord {
${fields.map((field) => comment(field.doc) + column(field)).join('')}}

/** The Avro schema as it is registered. */
export const EVENT_SCHEMA = ${JSON.stringify(text)};
`;
}
