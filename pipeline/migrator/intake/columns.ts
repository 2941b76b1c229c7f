import { KNOWN_PROPERTIES, type KnownProperty, type PropertyKind } from '@suuupra/contracts';

const DECODED: Record<PropertyKind, string> = {
  text: 'Nullable(String)',
  number: 'Nullable(Float64)',
  decimal: 'Nullable(Decimal(18, 6))',
};

export interface PropertyColumn {
  readonly name: KnownProperty;
  readonly kind: PropertyKind;
  /** Type in `events`. */
  readonly type: string;
  /** Type as a message is decoded. */
  readonly decodedType: string;
}

/** The known properties of the contract as columns, in the order of the contract. */
export const PROPERTY_COLUMNS: readonly PropertyColumn[] = Object.entries(KNOWN_PROPERTIES).map(
  ([name, { kind, lowCardinality }]) => ({
    name: name as KnownProperty,
    kind,
    type: lowCardinality ? 'LowCardinality(Nullable(String))' : DECODED[kind],
    decodedType: DECODED[kind],
  }),
);
