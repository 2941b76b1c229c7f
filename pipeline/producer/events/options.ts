import type { Logger } from '@suuupra/core';

export interface ProducerOptions {
  /** Topic that the events go to. Default `events`. */
  readonly topic?: string;
  /** `lz4` (default) makes a typical event about half as long for little work; `none` sends it as it is. */
  readonly compression?: 'lz4' | 'none';
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
  /** How long a batch is tried before its events count as undelivered, in milliseconds. Default 120000. */
  readonly deliveryTimeoutMs?: number;
  readonly logger?: Logger;
}

export type ResolvedOptions = Required<Omit<ProducerOptions, 'logger'>> & Pick<ProducerOptions, 'logger'>;

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

export const withDefaults = (options: ProducerOptions): ResolvedOptions => ({ ...DEFAULTS, ...options });
