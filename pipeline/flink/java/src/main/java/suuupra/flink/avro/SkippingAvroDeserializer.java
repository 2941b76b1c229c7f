package suuupra.flink.avro;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Message in, row out; nothing for a message that is malformed or has no value (ClickHouse keeps those, with the
 * reason, in {@code dead_letters}). They are counted in the metrics {@code malformed_messages} and
 * {@code empty_messages} of the source.
 */
final class SkippingAvroDeserializer implements DeserializationSchema<RowData> {
    private static final long serialVersionUID = 1L;

    private final String registryUrl;
    private final RowType rowType;
    private final TypeInformation<RowData> producedType;

    private transient MessageDecoder decoder;
    private transient Counter malformed;
    private transient Counter empty;

    SkippingAvroDeserializer(String registryUrl, RowType rowType, TypeInformation<RowData> producedType) {
        this.registryUrl = registryUrl;
        this.rowType = rowType;
        this.producedType = producedType;
    }

    @Override
    public void open(InitializationContext context) {
        decoder = new MessageDecoder(new RegistryClient(registryUrl), rowType);
        malformed = context.getMetricGroup().counter("malformed_messages");
        empty = context.getMetricGroup().counter("empty_messages");
    }

    /**
     * @return null where the message gives no row
     * @throws IOException the registry could not be asked: the job restarts and reads the message again
     */
    @Override
    public RowData deserialize(byte[] message) throws IOException {
        if (message == null || message.length == 0) {
            empty.inc();
            return null;
        }
        try {
            return decoder.decode(message);
        } catch (MalformedMessageException exception) {
            malformed.inc();
            return null;
        }
    }

    @Override
    public boolean isEndOfStream(RowData nextElement) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return producedType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SkippingAvroDeserializer that
                && registryUrl.equals(that.registryUrl)
                && rowType.equals(that.rowType);
    }

    @Override
    public int hashCode() {
        return Objects.hash(registryUrl, rowType);
    }
}
