import { SuuupraError, errorMessage, type Config } from '@suuupra/core';

export type Compatibility = 'NONE' | 'BACKWARD' | 'BACKWARD_TRANSITIVE' | 'FORWARD' | 'FULL' | 'FULL_TRANSITIVE';

/** What a registry of Confluent's kind answers an error with. */
interface RegistryProblem {
  readonly error_code?: number;
  readonly message?: string;
}

const TIMEOUT_MS = 10_000;
const NOT_FOUND = 404;
const CONFLICT = 409;
const UNPROCESSABLE = 422;

/** A client of the Confluent-compatible API of a schema registry: what this project needs of it. */
export interface RegistryClient {
  /** The id of a schema under a subject; registering the same schema again gives the same id. */
  register(subject: string, schema: string): Promise<number>;
  /** The id of a schema that is registered under a subject; undefined where this one is not, or the subject is new. */
  lookup(subject: string, schema: string): Promise<number | undefined>;
  /** The schema of an id, or undefined where the registry has none. */
  schema(id: number): Promise<string | undefined>;
  /** The newest schema of a subject, or undefined where there is no such subject. */
  latest(subject: string): Promise<string | undefined>;
  /** Whether a schema may follow the latest of its subject, which is always so where the subject is new. */
  isCompatible(subject: string, schema: string): Promise<boolean>;
  /** Sets the rule of a subject. Does nothing where there is no such subject. */
  setCompatibility(subject: string, level: Compatibility): Promise<void>;
}

/**
 * @throws SuuupraError (from every method) registry_unreachable; schema_incompatible where the registry refuses a schema
 */
export function registryClient({ registryUrl }: Pick<Config, 'registryUrl'>): RegistryClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
    let status: number;
    let answer: unknown;
    try {
      const response = await fetch(`${registryUrl}${path}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      status = response.status;
      answer = await response.json();
    } catch (cause) {
      const reason = cause instanceof Error && cause.cause ? errorMessage(cause.cause) : errorMessage(cause);
      throw new SuuupraError('registry_unreachable', `${method} ${registryUrl}${path}: ${reason}`, { cause });
    }
    if (status === NOT_FOUND) return undefined;
    if (status < 300) return answer as T;
    const { message = `status ${String(status)}` } = answer as RegistryProblem;
    const refused = status === CONFLICT || status === UNPROCESSABLE;
    throw new SuuupraError(refused ? 'schema_incompatible' : 'registry_unreachable', `${method} ${path}: ${message}`, {
      details: { status },
    });
  }
  const of = (subject: string): string => encodeURIComponent(subject);

  return {
    async register(subject, schema) {
      const answer = await call<{ id: number }>('POST', `/subjects/${of(subject)}/versions`, { schema });
      if (answer === undefined) throw new SuuupraError('registry_unreachable', `${registryUrl} is no schema registry`);
      return answer.id;
    },
    async lookup(subject, schema) {
      return (await call<{ id: number }>('POST', `/subjects/${of(subject)}`, { schema }))?.id;
    },
    async schema(id) {
      return (await call<{ schema: string }>('GET', `/schemas/ids/${String(id)}`))?.schema;
    },
    async latest(subject) {
      return (await call<{ schema: string }>('GET', `/subjects/${of(subject)}/versions/latest`))?.schema;
    },
    async isCompatible(subject, schema) {
      const path = `/compatibility/subjects/${of(subject)}/versions/latest`;
      return (await call<{ is_compatible: boolean }>('POST', path, { schema }))?.is_compatible ?? true;
    },
    async setCompatibility(subject, compatibility) {
      await call('PUT', `/config/${of(subject)}`, { compatibility });
    },
  };
}
