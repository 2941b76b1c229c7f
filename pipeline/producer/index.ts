export { kafkaClient, withAdmin, type KafkaConfig } from './kafka/client.ts';
export { readRanges, type OffsetRange, type ReadOptions } from './kafka/reader.ts';
export { MAX_MESSAGE_BYTES, TOPICS, ensureTopics } from './kafka/topics.ts';
export { registryClient, type Compatibility, type RegistryClient } from './registry/client.ts';
export { CONTRACTS, checkContracts, registerContracts, type ContractCheck } from './registry/contracts.ts';
export type { Delivery } from './events/buffer.ts';
export type { ProducerOptions } from './events/options.ts';
export { createProducer, type EventProducer, type ProducerConfig, type ProducerStats } from './events/producer.ts';
