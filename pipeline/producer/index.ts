export { kafkaClient, withAdmin, type KafkaConfig } from './kafka/client.ts';
export { readRanges, type OffsetRange, type ReadOptions } from './kafka/reader.ts';
export { MAX_MESSAGE_BYTES, TOPICS, ensureTopics } from './kafka/topics.ts';
export { registryClient, type Compatibility, type RegistryClient } from './registry/client.ts';
export { CONTRACTS, checkContracts, registerContracts, type ContractCheck } from './registry/contracts.ts';
export type { Compression } from './kafka/codecs.ts';
export type { Delivery, Outcome } from './events/buffer.ts';
export { exposeProducer } from './events/metrics.ts';
export type { ProducerOptions, SpoolOptions } from './events/options.ts';
export {
  createProducer,
  type DeliveryCallback,
  type EventProducer,
  type ProducerConfig,
  type ProducerStats,
} from './events/producer.ts';
