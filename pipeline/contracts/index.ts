// Runs in browsers as well: whatever needs Node is in @suuupra/contracts/avro and …/generate.
export { EVENT_TYPE, type AnalyticsEvent, type EventProperties, type PropertyValue } from './event/event.ts';
export { describeFaults, type Fault } from './event/fault.ts';
export { FIRST_TIMESTAMP, LAST_TIMESTAMP, formatTimestamp, parseTimestamp } from './event/timestamp.ts';
export { validateEvent, type Validation } from './event/validate.ts';
export { ID_NAMESPACE, derivedId, isUuid, type IdKind } from './ids.ts';
export {
  EVENT_SCHEMA,
  KNOWN_PROPERTIES,
  type EventRecord,
  type KnownProperty,
  type PropertiesRecord,
  type PropertyKind,
} from './generated/event.ts';
