import type { Found } from './types.ts';

type Fetch = (path: string, parameters?: Record<string, string>) => Promise<unknown>;
type Parameters = Record<string, string | undefined>;

const isFound = (item: unknown): item is Found =>
  typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string';

/** What editors look up while somebody types. The backend bounds and remembers each look-up (pkg/plugin/resources.go). */
export class Lookups {
  readonly #fetch: Fetch;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  async #find(path: string, parameters: Parameters = {}): Promise<Found[]> {
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const answer = await this.#fetch(path, Object.fromEntries(given));
    return Array.isArray(answer) ? answer.filter(isFound) : [];
  }

  /** Databases. */
  schemas = (): Promise<Found[]> => this.#find('schemas');

  tables = (database?: string): Promise<Found[]> => this.#find('tables', { database });

  columns = (table: string, database?: string): Promise<Found[]> => this.#find('columns', { table, database });

  /** Functions of ClickHouse, and the macros of this data source. */
  functions = (): Promise<Found[]> => this.#find('functions');

  /** Event types, the most frequent first. */
  events = (): Promise<Found[]> => this.#find('events');

  /** What filters and breakdowns can name: columns of events, then keys of their properties. */
  properties = (event?: string): Promise<Found[]> => this.#find('properties', { event });

  /** Values of a property that contain the searched text, the most frequent first. */
  values = (parameters: { property: string; event?: string; search?: string }): Promise<Found[]> =>
    this.#find('values', parameters);
}
