// Apart from the package's index because avsc needs Node.
export { decodeEvent, decodeRecord, eventEncoder, schemaIdOf } from './codec.ts';
export { unreadable } from './compatibility.ts';
export { decimalText, fromBytes as decimalFromBytes } from './decimal.ts';
export { toEvent, toRecord } from './record.ts';
