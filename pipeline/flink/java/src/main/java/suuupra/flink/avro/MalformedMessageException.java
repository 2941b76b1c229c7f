package suuupra.flink.avro;

/** A message that no reading again can make readable. */
final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message, Throwable cause) {
        // Without a stack trace: a flood of malformed messages must stay cheap.
        super(message, cause, false, false);
    }
}
