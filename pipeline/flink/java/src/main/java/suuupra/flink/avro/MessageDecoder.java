package suuupra.flink.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.formats.avro.AvroToRowDataConverters;
import org.apache.flink.formats.avro.AvroToRowDataConverters.AvroToRowDataConverter;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Decodes messages of the form: byte 0, four bytes of schema id (big endian), Avro binary. Not thread safe. */
final class MessageDecoder {
    private static final int HEADER_BYTES = 5;

    static {
        // A corrupt length must fail as malformed, not as an attempt to allocate 2 GB. The shade plugin relocates these
        // names together with the class that reads them, so no other Avro in the process is affected.
        System.setProperty("org.apache.avro.limits.string.maxLength", String.valueOf(16 << 20));
        System.setProperty("org.apache.avro.limits.bytes.maxLength", String.valueOf(16 << 20));
    }

    private final RegistryClient registry;
    private final Schema readerSchema;
    private final AvroToRowDataConverter toRow;
    private final Map<Integer, RecordReader> readers = new HashMap<>();
    private BinaryDecoder reused;

    /** @param rowType the columns to read; TIMESTAMP_LTZ(3) is Avro's timestamp-millis */
    MessageDecoder(RegistryClient registry, RowType rowType) {
        this.registry = registry;
        this.readerSchema = AvroSchemaConverter.convertToSchema(rowType, false);
        this.toRow = AvroToRowDataConverters.createRowConverter(rowType, false);
    }

    /**
     * @throws MalformedMessageException the message is not readable under its schema, all of it and nothing after it
     * @throws IOException the registry could not be asked
     */
    RowData decode(byte[] message) throws MalformedMessageException, IOException {
        if (message.length < HEADER_BYTES || message[0] != 0) throw new MalformedMessageException("no header", null);
        RecordReader reader = readerOf(ByteBuffer.wrap(message).getInt(1));
        try {
            reused = DecoderFactory.get()
                    .binaryDecoder(message, HEADER_BYTES, message.length - HEADER_BYTES, reused);
            RowData row = (RowData) toRow.convert(reader.read(reused));
            if (!reused.isEnd()) throw new MalformedMessageException("trailing bytes", null);
            return row;
        } catch (IOException | RuntimeException exception) {
            // Avro reports damage in many forms: end of file, index out of bounds, number format, its own.
            throw new MalformedMessageException("not readable under its schema", exception);
        }
    }

    private RecordReader readerOf(int schemaId) throws MalformedMessageException, IOException {
        RecordReader known = readers.get(schemaId);
        if (known != null) return known;
        Schema writer = registry.schema(schemaId);
        if (writer.getType() != Schema.Type.RECORD) throw new MalformedMessageException("not a record", null);
        RecordReader made = new RecordReader(writer, readerSchema);
        readers.put(schemaId, made);
        return made;
    }
}
