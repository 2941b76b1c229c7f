/** The text of bytes that are held as Latin-1 characters. */
export const toUtf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
