import { parse, v5 } from 'uuid';

/** The namespace of every id that is derived from a foreign one. It is part of the stored data: never change it. */
export const ID_NAMESPACE = 'b6a0c1f4-8f2e-5d3a-9c47-2e5d7a1b9c30';

const NAMESPACE_BYTES = parse(ID_NAMESPACE);
const utf8 = new TextEncoder();

/** What an id stands for; part of the hashed text, so that a user and a content of one foreign id differ. */
export type IdKind = 'user' | 'content' | 'event';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID in its hyphenated form, in either case. Version and variant bits are not looked at. */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * The UUID version 5 of a foreign id: the same text always gives the same id.
 * @param kind what the id stands for
 * @param foreign the id as the other system writes it
 */
export const derivedId = (kind: IdKind, foreign: string): string =>
  v5(utf8.encode(`${kind}:${foreign}`), NAMESPACE_BYTES);
