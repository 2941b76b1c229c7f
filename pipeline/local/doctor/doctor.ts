import type { Config } from '@suuupra/core';
import { stackStatus } from '../supervisor/control-client.ts';
import type { Finding } from './check.ts';
import { checkDisk, checkMemory } from './machine.ts';
import { checkPorts } from './ports.ts';
import { checkGo, checkJava, checkMaven, checkNode, checkSetpriv } from './tools.ts';

/** Checks whether this machine can run the stack. */
export async function examine(config: Config): Promise<Finding[]> {
  const stack = await stackStatus(config.home);
  const ownPids = new Set(stack?.parts.flatMap(({ pid }) => (pid === null ? [] : [pid])));
  return Promise.all([
    checkNode(),
    checkJava(),
    checkMaven(config.cacheDir),
    checkGo(),
    checkSetpriv(),
    checkPorts(config.ports, ownPids),
    checkDisk('disk for data', config.home),
    checkDisk('disk for artifacts', config.cacheDir),
    checkMemory(stack !== undefined),
  ]);
}
