import { STREAM_TYPES, type StreamType } from './stream.ts';

interface Wish {
  readonly type: string;
  readonly quality: number;
}

const wishes = (accept: string): Wish[] =>
  accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const quality = parameters.find((text) => text.startsWith('q='))?.slice(2) ?? '1';
      return { type, quality: Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);

/** The form of rows that a client asks for by `Accept`; undefined: the whole answer as JSON, which is also the default. */
export function streamTypeOf(accept = ''): StreamType | undefined {
  for (const { type } of wishes(accept)) {
    if (['application/json', 'application/*', '*/*'].includes(type)) return undefined;
    const found = STREAM_TYPES.find(
      (name) => name === type || (type === 'application/ndjson' && name.includes('ndjson')),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
