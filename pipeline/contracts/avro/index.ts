// Apart from the package's index because avsc needs Node.
export { decodeEvent, eventEncoder, schemaIdOf } from './codec.ts';
export { toEvent, toRecord } from './record.ts';
