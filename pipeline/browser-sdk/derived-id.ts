import { sha1 } from './sha1.ts';
import { uuidOf } from './uuid.ts';

/** The product's namespace of ids that are derived from foreign ones, as in @suuupra/contracts. */
const NAMESPACE = 'b6a0c1f48f2e5d3a9c472e5d7a1b9c30';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The `user_id` of a user of the page: a UUID as it is, any other id as UUID version 5, the same that an import gives it.
 */
export function userIdOf(id: string): string {
  if (UUID.test(id)) return id.toLowerCase();
  const namespace = Uint8Array.from(NAMESPACE.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  const name = new TextEncoder().encode(`user:${id}`);
  const bytes = new Uint8Array(namespace.length + name.length);
  bytes.set(namespace);
  bytes.set(name, namespace.length);
  return uuidOf(sha1(bytes), 5);
}
