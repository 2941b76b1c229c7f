import avro from 'avsc';

/**
 * Why a reader of one schema could not read what was written under another, or undefined where it can.
 * Registries say only that it cannot.
 */
export function unreadable(reader: string, writer: string): string | undefined {
  try {
    const type = avro.Type.forSchema(JSON.parse(reader) as avro.Schema);
    type.createResolver(avro.Type.forSchema(JSON.parse(writer) as avro.Schema));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
