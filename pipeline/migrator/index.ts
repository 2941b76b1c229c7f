export { migrate, type ApplyOptions, type ApplyResult, type MigrateConfig } from './apply.ts';
export { dangersOf, type Danger } from './danger.ts';
export { readSqlFiles, type FileKind, type SqlFile } from './files.ts';
export { PROPERTY_COLUMNS, type PropertyColumn } from './intake/columns.ts';
export { intakeFiles } from './intake/files.ts';
export { plan, type PlannedFile, type PlannedStatement } from './plan.ts';
export { verify, type Difference } from './verify.ts';
