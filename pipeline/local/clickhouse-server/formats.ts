import { raise } from './errors.ts';

export interface Format {
  /** The canonical name, as it goes into X-ClickHouse-Format. */
  readonly name: string;
  readonly contentType: string;
}

/** The formats that the engine knows, found by name in any case, as ClickHouse does. */
export class Formats {
  readonly #byName = new Map<string, Format>();

  /** @param table rows of system.formats: name, content_type */
  constructor(table: string) {
    for (const row of table.split('\n')) {
      const [name = '', contentType = ''] = row.split('\t');
      this.#byName.set(name.toLowerCase(), { name, contentType });
    }
  }

  /** @throws ClickHouseError 73 */
  get(name: string): Format {
    const format = this.#byName.get(name.toLowerCase());
    if (format === undefined) throw raise.unknownFormat(name);
    return format;
  }
}
