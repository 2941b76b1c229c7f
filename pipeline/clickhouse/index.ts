export {
  answer,
  compileFor,
  definitionInvalid,
  type Answer,
  type AnswerConfig,
  type AnswerMeta,
  type AnswerOptions,
} from './answer.ts';
export { createWarehouse, warehouseError, type QueryOptions, type Warehouse, type WarehouseConfig } from './client.ts';
export { runQuery, type QueryResult, type Row, type RunOptions } from './run-query.ts';
export { ANALYSIS_SETTINGS, WIRE_SETTINGS } from './wire.ts';
