import { EVENT_SCHEMA } from '@suuupra/contracts';
import { unreadable } from '@suuupra/contracts/avro';
import { SuuupraError, type Config } from '@suuupra/core';
import { registryClient, type RegistryClient } from './client.ts';

type RegistryConfig = Pick<Config, 'registryUrl'>;

/** The contracts by subject (topic name and `-value`). */
export const CONTRACTS: Readonly<Record<string, string>> = { 'events-value': EVENT_SCHEMA };

export interface ContractCheck {
  readonly subject: string;
  /** `new` where the subject has no schema yet, `changed` where the registry would take this one as its next. */
  readonly state: 'registered' | 'new' | 'changed' | 'incompatible';
  /** Why it is incompatible. */
  readonly reason?: string;
}

async function check(registry: RegistryClient, subject: string, schema: string): Promise<ContractCheck> {
  if ((await registry.lookup(subject, schema)) !== undefined) return { subject, state: 'registered' };
  const latest = await registry.latest(subject);
  if (latest === undefined) return { subject, state: 'new' };
  if (await registry.isCompatible(subject, schema)) return { subject, state: 'changed' };
  return { subject, state: 'incompatible', reason: unreadable(schema, latest) ?? 'the registry gives no reason' };
}

/**
 * Asks the registry whether each contract may follow what is registered, without registering anything.
 * @param contracts by subject; default those of this program
 * @throws SuuupraError registry_unreachable
 */
export async function checkContracts(config: RegistryConfig, contracts = CONTRACTS): Promise<readonly ContractCheck[]> {
  const registry = registryClient(config);
  return await Promise.all(Object.entries(contracts).map(([subject, schema]) => check(registry, subject, schema)));
}

/**
 * Registers every contract under the rule that a reader of the new schema can read what was written under the old one.
 * Doing it again changes nothing.
 * @param contracts by subject; default those of this program
 * @returns the id of each subject's schema
 * @throws SuuupraError registry_unreachable, schema_incompatible
 */
export async function registerContracts(
  config: RegistryConfig,
  contracts = CONTRACTS,
): Promise<Readonly<Record<string, number>>> {
  const registry = registryClient(config);
  const ids: Record<string, number> = {};
  for (const [subject, schema] of Object.entries(contracts)) {
    // Before, for a subject that is there; after, for one that only now is.
    await registry.setCompatibility(subject, 'BACKWARD');
    const { state, reason } = await check(registry, subject, schema);
    if (state === 'incompatible')
      throw new SuuupraError('schema_incompatible', `${subject}: ${reason ?? ''}`, { details: { subject, reason } });
    ids[subject] = await registry.register(subject, schema);
    if (state === 'new') await registry.setCompatibility(subject, 'BACKWARD');
  }
  return ids;
}

/**
 * The id under which a contract is registered. Producers do not register: a contract that ClickHouse has no columns for
 * yet would lose its new fields on the way.
 * @throws SuuupraError registry_unreachable, schema_unregistered
 */
export async function registeredContract(config: RegistryConfig, subject: string): Promise<number> {
  const id = await registryClient(config).lookup(subject, CONTRACTS[subject] ?? '');
  if (id === undefined)
    throw new SuuupraError(
      'schema_unregistered',
      `${config.registryUrl} has not this program's contract of ${subject}`,
      {
        details: { subject },
      },
    );
  return id;
}
