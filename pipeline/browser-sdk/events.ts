import type { KNOWN_PROPERTIES, KnownProperty, PropertyValue } from '@suuupra/contracts';

/** Properties of an event; those that are null or undefined are left out. */
export type Properties = Readonly<Record<string, PropertyValue | null | undefined>>;

/** The properties that have a column of their own, with the type that it takes. */
export type KnownValues = {
  readonly [Name in KnownProperty]?: (typeof KNOWN_PROPERTIES)[Name]['kind'] extends 'text' ? string : number;
};

/** Where a page declares no events of its own, every name goes, with any properties beside the known ones. */
export type DefaultEvents = Readonly<Record<string, Properties & KnownValues>>;

/** An event as the collector takes it. */
export interface PageEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly content_id: string | null;
  readonly timestamp: string;
  readonly properties: Properties;
}

/** The names that the collector takes. */
export const EVENT_TYPE = /^[a-z][a-z0-9_]{0,99}$/;
