import type { EngineFacts } from './engine.ts';
import type { RowsStatement } from './statement.ts';

/** The question with which clickhouse-go opens a connection. */
const QUESTION = /^\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*$/i;
/** From this revision of the client on, each column of a block says whether it has a serialization of its own. */
const CUSTOM_SERIALIZATION = 54454;

export const isHandshake = (statement: RowsStatement): boolean => QUESTION.test(statement.query);

const text = (value: string): Buffer => Buffer.concat([Buffer.from([Buffer.byteLength(value)]), Buffer.from(value)]);

/**
 * The answer to clickhouse-go's question, one row in the Native format. It says revision 0: the client then reads the
 * plain form of Native, the only one that the engine writes into a file.
 * @param clientRevision of the URL's client_protocol_version
 */
export function handshakeBlock(facts: EngineFacts, clientRevision: number): Buffer {
  const custom = Buffer.alloc(clientRevision >= CUSTOM_SERIALIZATION ? 1 : 0);
  const column = (name: string, type: string, value: Buffer): Buffer =>
    Buffer.concat([text(name), text(type), custom, value]);
  const blockInfo = clientRevision > 0 ? Buffer.from('010002ffffffff00', 'hex') : Buffer.alloc(0);
  return Buffer.concat([
    blockInfo,
    Buffer.from([4, 1]), // columns, rows
    column('displayName()', 'String', text(facts.displayName)),
    column('version()', 'String', text(facts.version)),
    column('revision()', 'UInt32', Buffer.alloc(4)),
    column('timezone()', 'String', text(facts.timezone)),
  ]);
}
