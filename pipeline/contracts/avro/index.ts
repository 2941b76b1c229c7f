// Apart from the package's index because avsc needs Node.
export { decodeEvent, eventEncoder, schemaIdOf } from './codec.ts';
export { unreadable } from './compatibility.ts';
export { toEvent, toRecord } from './record.ts';
