export { stackStatus, stopStack, type StopResult } from './supervisor/control-client.ts';
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
