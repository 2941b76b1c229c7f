package suuupra.flink.avro;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** Asks a Confluent-compatible registry for schemas. */
final class RegistryClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MS = 500;

    /** How long an id counts as unknown before it is asked for again, and how many such ids are remembered. */
    private static final long UNKNOWN_MS = 60_000;

    private static final int UNKNOWN_IDS = 1_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final String url;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<Integer, Long> unknown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > UNKNOWN_IDS;
        }
    };

    RegistryClient(String url) {
        this.url = url.replaceAll("/+$", "");
    }

    /**
     * @throws MalformedMessageException the registry has no such schema
     * @throws IOException it does not answer, after several attempts
     */
    Schema schema(int id) throws MalformedMessageException, IOException {
        Long askedAt = unknown.get(id);
        if (askedAt != null && System.currentTimeMillis() - askedAt < UNKNOWN_MS) throw unknownId(id, null);
        HttpResponse<String> response = ask(URI.create(url + "/schemas/ids/" + Integer.toUnsignedString(id)));
        if (response.statusCode() >= SERVER_ERROR) throw new IOException(answered(response));
        if (response.statusCode() == NOT_FOUND) {
            unknown.put(id, System.currentTimeMillis());
            throw unknownId(id, null);
        }
        if (response.statusCode() != OK) throw new IOException(answered(response));
        JsonNode text = new ObjectMapper().readTree(response.body()).path("schema");
        try {
            return new Schema.Parser().parse(text.asText());
        } catch (SchemaParseException exception) {
            throw unknownId(id, exception);
        }
    }

    private HttpResponse<String> ask(URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < SERVER_ERROR || attempt == ATTEMPTS) return response;
            } catch (IOException exception) {
                if (attempt == ATTEMPTS) throw new IOException("The schema registry does not answer: " + uri, exception);
            } catch (InterruptedException exception) {
                throw interrupted(exception);
            }
            pause(attempt * PAUSE_MS);
        }
    }

    private static void pause(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("Interrupted while asking the schema registry", cause);
    }

    private String answered(HttpResponse<String> response) {
        return "The schema registry answered " + response.statusCode() + " to " + response.uri();
    }

    private static MalformedMessageException unknownId(int id, Throwable cause) {
        return new MalformedMessageException("unknown schema id " + Integer.toUnsignedString(id), cause);
    }
}
