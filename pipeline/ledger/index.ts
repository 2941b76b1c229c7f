export { AUDITED_TOPICS, audit, type Audit, type AuditConfig, type PartitionAudit } from './audit.ts';
export { GAP_CLASSES, type GapClass } from './gap.ts';
export type { Range } from './ranges.ts';
export { missingColumns } from './columns.ts';
export {
  listDeadLetters,
  readDeadLetter,
  type Address,
  type DeadLetter,
  type DeadLetterContent,
  type DeadLetterFilter,
} from './dead-letters.ts';
export { replay, type Fix, type ReplayConfig, type ReplayOptions, type ReplayResult } from './replay.ts';
