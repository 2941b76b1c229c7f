package suuupra.flink.avro;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Decoder;

/**
 * Reads records written under one schema as records of another. What the writer declares a UUID is checked and put in
 * lower case, as ClickHouse does when it stores it: two spellings of one id are one user, and one event.
 */
final class RecordReader {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final GenericDatumReader<GenericRecord> reader;
    private final int[] uuidPositions;

    RecordReader(Schema writer, Schema readerSchema) {
        reader = new GenericDatumReader<>(writer, readerSchema);
        uuidPositions = writer.getFields().stream()
                .filter(field -> "uuid".equals(field.schema().getProp("logicalType")))
                .map(field -> readerSchema.getField(field.name()))
                .filter(field -> field != null)
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    GenericRecord read(Decoder decoder) throws IOException, MalformedMessageException {
        GenericRecord record = reader.read(null, decoder);
        for (int position : uuidPositions) {
            String text = String.valueOf(record.get(position));
            if (!UUID.matcher(text).matches()) throw new MalformedMessageException("not a UUID: " + text, null);
            record.put(position, text.toLowerCase(Locale.ROOT));
        }
        return record;
    }
}
