import type { Logger } from '@suuupra/core';
import type { Compression } from '../kafka/codecs.ts';

export interface SpoolOptions {
  /** Where the events wait; made where it is missing. One producer at a time uses a directory. */
  readonly directory: string;
  /** Most bytes on disk; what comes then is undelivered, as without a spool. Default 1 GiB. */
  readonly maxBytes?: number;
  /** How long Kafka may be away before events go to disk, in milliseconds. Default 5000. */
  readonly afterMs?: number;
}

export interface ProducerOptions {
  /** Topic that the events go to. Default `events`. */
  readonly topic?: string;
  /**
   * `lz4` (default) makes a typical event about half as long for little work, `zstd` shorter still for more,
   * `gzip` is for brokers that know no other; `none` sends it as it is.
   */
  readonly compression?: Compression;
  /** How long an event may wait for others to share its batch, in milliseconds. Default 10. */
  readonly lingerMs?: number;
  /** Most events of a batch. Default 5000. */
  readonly batchEvents?: number;
  /** Most bytes of a batch before compression; one larger event makes a batch of its own. Default 900 KiB. */
  readonly batchBytes?: number;
  /** Bytes of accepted events that may wait; `send` waits while the buffer is full. Default 32 MiB. */
  readonly bufferBytes?: number;
  /** Largest message that the topic takes. Default 8 MiB, as `ensureTopics` makes them. */
  readonly maxMessageBytes?: number;
  /** How long after it was taken an event counts as undelivered, in milliseconds. Default 120000. */
  readonly deliveryTimeoutMs?: number;
  /** Keeps events on disk while Kafka is away. Default: none, the buffer fills and `send` waits. */
  readonly spool?: SpoolOptions;
  readonly logger?: Logger;
}

export interface ResolvedOptions extends Required<Omit<ProducerOptions, 'logger' | 'spool'>> {
  readonly spool: Required<SpoolOptions> | undefined;
  readonly logger: Logger | undefined;
}

const DEFAULTS = {
  topic: 'events',
  compression: 'lz4',
  lingerMs: 10,
  batchEvents: 5_000,
  batchBytes: 900 * 1024,
  bufferBytes: 32 * 1024 * 1024,
  maxMessageBytes: 8 * 1024 * 1024,
  deliveryTimeoutMs: 120_000,
} as const;

const SPOOL_DEFAULTS = { maxBytes: 1024 ** 3, afterMs: 5_000 } as const;

export const withDefaults = ({ spool, logger, ...options }: ProducerOptions): ResolvedOptions => ({
  ...DEFAULTS,
  ...options,
  logger,
  spool: spool && { ...SPOOL_DEFAULTS, ...spool },
});
