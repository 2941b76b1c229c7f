export { importFile, type ImportOptions, type ImportSummary } from './import-file.ts';
export type { Earlier } from './run/checkpoint.ts';
export type { EventSink } from './run/delivery-window.ts';
export type { Reject } from './run/rejects.ts';
export type { ImportProgress } from './run/run.ts';
export { FORMATS, type Format } from './source/open.ts';
