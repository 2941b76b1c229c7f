export { bootstrap } from './bootstrap.ts';
export { addServices, stackStatus, stopStack, type StopResult } from './supervisor/control-client.ts';
export { startDetached } from './supervisor/detach.ts';
export { runStack } from './supervisor/run.ts';
export type {
  FailureSnapshot,
  PartSnapshot,
  PartState,
  StackSnapshot,
  StackState,
  StepSnapshot,
} from './supervisor/snapshot.ts';
export type { StackOptions } from './supervisor/stack.ts';
export { SERVICE_NAMES } from './parts/services.ts';
export { provisioningEnvironment } from './process/provisioning.ts';
export { allReady, pipelineStatus, type PipelineStatus } from './status/pipeline.ts';
export { follow, logFile, tail } from './logs.ts';
export { homeSize, resetHome } from './reset.ts';
export type { Finding } from './doctor/check.ts';
export { examine } from './doctor/doctor.ts';
export { findPortBase } from './ports/probe.ts';
