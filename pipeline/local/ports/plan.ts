import { SuuupraError, type Ports } from '@suuupra/core';
import { findPortOwner } from './owner.ts';
import { findSparePort, isPortFree } from './probe.ts';

/** Listeners inside the stack whose ports nobody outside needs to know. */
export const INNER_PORT_NAMES = ['kafkaController', 'flinkRpc'] as const;
export type InnerPorts = Readonly<Record<(typeof INNER_PORT_NAMES)[number], number>>;

/** Finds free ports for the inner listeners, apart from all ports that have a name. */
export async function planInnerPorts(ports: Ports): Promise<InnerPorts> {
  const taken = new Set<number>(Object.values(ports));
  const inner: Record<string, number> = {};
  for (const name of INNER_PORT_NAMES) {
    const port = await findSparePort(taken);
    taken.add(port);
    inner[name] = port;
  }
  return inner as InnerPorts;
}

/** A port that a part is about to listen on. */
export interface Claim {
  readonly part: string;
  readonly port: number;
}

/**
 * @throws SuuupraError port_taken naming every taken port, the part that needs it and the process that holds it
 */
export async function assertPortsFree(claims: readonly Claim[]): Promise<void> {
  const taken: (Claim & { pid?: number; command?: string })[] = [];
  for (const claim of claims)
    if (!(await isPortFree(claim.port))) taken.push({ ...claim, ...(await findPortOwner(claim.port)) });
  if (taken.length === 0) return;
  const sentences = taken.map(({ part, port, pid, command }) => {
    const owner = pid === undefined ? 'another process' : `process ${String(pid)} (${command ?? ''})`;
    return `port ${String(port)} for ${part} is taken by ${owner}`;
  });
  throw new SuuupraError('port_taken', sentences.join('; '), { details: { taken } });
}
