import { EVENT_SCHEMA } from '@suuupra/contracts';
import { SuuupraError, type Config } from '@suuupra/core';
import { registryClient } from './client.ts';

type RegistryConfig = Pick<Config, 'registryUrl'>;

/** The contracts by subject (topic name and `-value`). */
export const CONTRACTS: Readonly<Record<string, string>> = { 'events-value': EVENT_SCHEMA };

export interface ContractCheck {
  readonly subject: string;
  /** Why the registry would refuse the contract; empty where it would not. */
  readonly faults: readonly string[];
}

/** Asks the registry whether each contract may follow what is registered, without registering anything. */
export async function checkContracts(config: RegistryConfig): Promise<readonly ContractCheck[]> {
  const registry = registryClient(config);
  return await Promise.all(
    Object.entries(CONTRACTS).map(async ([subject, schema]) => ({
      subject,
      faults: await registry.incompatibilities(subject, schema),
    })),
  );
}

/**
 * Registers every contract under the rule that a reader of the new schema can read what was written under the old one.
 * Doing it again changes nothing.
 * @returns the id of each subject's schema
 * @throws SuuupraError registry_unreachable, schema_incompatible
 */
export async function registerContracts(config: RegistryConfig): Promise<Readonly<Record<string, number>>> {
  const registry = registryClient(config);
  const ids: Record<string, number> = {};
  for (const [subject, schema] of Object.entries(CONTRACTS)) {
    // Registries answer a refused registration with a bare "incompatible": the reasons must be asked for before.
    const faults = await registry.incompatibilities(subject, schema);
    if (faults.length > 0)
      throw new SuuupraError('schema_incompatible', `${subject}: ${faults.join('; ')}`, {
        details: { subject, faults },
      });
    ids[subject] = await registry.register(subject, schema);
    await registry.setCompatibility(subject, 'BACKWARD');
  }
  return ids;
}
