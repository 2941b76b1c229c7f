export { SqlGateway, type GatewayVersion } from './gateway/client.ts';
export { GatewaySession, type SessionOptions } from './gateway/session.ts';
export { type ExecuteOptions, type StatementResult } from './gateway/operation.ts';
export { type ResultColumn, type ResultRow } from './gateway/answers.ts';
export { JobManager, hasEnded, type JobListing } from './cluster/job-manager.ts';
export { stopWithSavepoint, takeSavepoint, type SavepointOptions } from './cluster/savepoints.ts';
export { waitCheckpoint, waitRunning, waitState } from './cluster/wait.ts';
