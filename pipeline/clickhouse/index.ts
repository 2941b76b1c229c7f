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
export { loadCatalogue, withNames } from './catalogue.ts';
export { completeUntil } from './completeness.ts';
export { csvHead, csvRows, toCsv } from './csv.ts';
export { runQuery, streamQuery, type QueryResult, type Row, type RunOptions } from './run-query.ts';
export { ANALYSIS_SETTINGS, guardSettings, WIRE_SETTINGS, type Limits } from './wire.ts';
