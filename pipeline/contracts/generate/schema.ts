import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as path from 'node:path';

/** The kinds of values that a known property can have, with what they are elsewhere. */
export type PropertyKind = 'text' | 'number' | 'decimal';

export interface PropertyField {
  readonly name: string;
  readonly kind: PropertyKind;
  /** Whether the texts repeat much, which the warehouse stores and groups by far more cheaply. */
  readonly lowCardinality: boolean;
  readonly doc: string;
}

export interface EventField {
  readonly name: string;
  readonly optional: boolean;
  readonly logicalType: string | undefined;
  readonly doc: string;
}

export interface EventSchema {
  readonly text: string;
  readonly fields: readonly EventField[];
  readonly properties: readonly PropertyField[];
}

interface RawField {
  name: string;
  type: unknown;
  default?: unknown;
  doc?: string;
  /** Ours, not Avro's: Avro lets attributes of others through. */
  lowCardinality?: boolean;
}

export const CONTRACTS_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const fail = (what: string): never => {
  throw new Error(`schemas/event.avsc: ${what}`);
};

const nonNull = (type: unknown): { type: unknown; optional: boolean } => {
  if (!Array.isArray(type)) return { type, optional: false };
  return type.length === 2 && type[0] === 'null'
    ? { type: type[1], optional: true }
    : fail('a union is ["null", TYPE]');
};

function kindOf(field: RawField): PropertyKind {
  const { type, optional } = nonNull(field.type);
  if (!optional || field.default !== null) fail(`property ${field.name} must be optional with the default null`);
  if (type === 'string') return 'text';
  if (type === 'double') return 'number';
  const { type: base, logicalType, precision, scale } = type as Record<string, unknown>;
  if (base === 'bytes' && logicalType === 'decimal' && precision === 18 && scale === 6) return 'decimal';
  return fail(`property ${field.name} must be a string, a double or bytes as decimal(18, 6)`);
}

/** Reads schemas/event.avsc and checks that it keeps the rules by which everything else is generated. */
export function readEventSchema(): EventSchema {
  const raw = JSON.parse(fs.readFileSync(path.join(CONTRACTS_DIR, 'schemas/event.avsc'), 'utf8')) as {
    fields: RawField[];
  };
  const documented = (field: RawField): string => field.doc ?? fail(`field ${field.name} has no doc`);
  const record = raw.fields.find(({ name }) => name === 'properties')?.type as { fields: RawField[] } | undefined;
  const properties = record?.fields ?? fail('no record of properties');
  if (!properties.some(({ name }) => name === 'extra')) fail('properties have no field extra');
  return {
    text: JSON.stringify(raw),
    fields: raw.fields.map((field) => {
      const { type, optional } = nonNull(field.type);
      const logicalType = (type as { logicalType?: string }).logicalType;
      return { name: field.name, optional, logicalType, doc: documented(field) };
    }),
    properties: properties
      .filter(({ name }) => name !== 'extra')
      .map((field) => ({
        name: field.name,
        kind: kindOf(field),
        lowCardinality: field.lowCardinality ?? false,
        doc: documented(field),
      })),
  };
}
