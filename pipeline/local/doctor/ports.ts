import { PORT_NAMES, type Ports } from '@suuupra/core';
import { findPortOwner } from '../ports/owner.ts';
import { isPortFree } from '../ports/probe.ts';
import { ok, type Finding } from './check.ts';

/**
 * @param ownPids processes of the stack that runs in this home: what they listen on is as it should be
 */
export async function checkPorts(ports: Ports, ownPids: ReadonlySet<number>): Promise<Finding> {
  const taken: string[] = [];
  for (const name of PORT_NAMES) {
    const port = ports[name];
    if (await isPortFree(port)) continue;
    const owner = await findPortOwner(port);
    if (owner !== undefined && ownPids.has(owner.pid)) continue;
    const who = owner === undefined ? 'another process' : `process ${String(owner.pid)} (${owner.command})`;
    taken.push(`${name} ${String(port)} is taken by ${who}`);
  }
  const all = PORT_NAMES.map((name) => String(ports[name])).join(', ');
  if (taken.length === 0) return ok('ports', `${all} are free or the stack's own`);
  return {
    name: 'ports',
    state: 'error',
    found: taken.join('; '),
    advice: 'End those processes, or move the stack with --port-base N (SUUUPRA_PORT_BASE).',
  };
}
