/** The supervisor as a process of its own, for `suuupra up --detach`; it tells its parent how the start goes. */
import { loadConfig } from '@suuupra/core';
import type { DetachedMessage } from './detach.ts';
import { runStack } from './run.ts';
import { failureOf } from './snapshot.ts';
import type { StackOptions } from './stack.ts';

/** The parent listens only until the stack is ready. */
function tell(message: DetachedMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const options = JSON.parse(process.argv[2] ?? '') as StackOptions;
try {
  await runStack(loadConfig(), options, (snapshot) => {
    tell({ snapshot });
  });
} catch (error) {
  console.error(error);
  tell({ failure: failureOf(error) });
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
