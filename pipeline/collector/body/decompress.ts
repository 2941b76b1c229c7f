import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SuuupraError } from '@suuupra/core';

/** A stream of a body; Fastify holds both the bytes that came and those that it reads against the limit. */
type Body = Readable & { receivedEncodedLength?: number };

/**
 * The body without its compression. It is read piece by piece, so a body that would grow beyond all bounds is refused as
 * soon as it passes the limit.
 * @throws SuuupraError media_type_unknown for an encoding other than gzip
 */
export function decompressed(headers: IncomingMessage['headers'], payload: Readable): Body {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return payload;
  if (encoding !== 'gzip')
    throw new SuuupraError('media_type_unknown', `the body has the encoding ${encoding.slice(0, 50)}`);
  const gunzip: Body = createGunzip();
  gunzip.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    gunzip.receivedEncodedLength = (gunzip.receivedEncodedLength ?? 0) + chunk.length;
  });
  // Errors reach whoever reads: what is no gzip, or ends early, is refused as a body.
  pipeline(payload, gunzip as Body & NodeJS.WritableStream, () => undefined);
  return gunzip;
}
