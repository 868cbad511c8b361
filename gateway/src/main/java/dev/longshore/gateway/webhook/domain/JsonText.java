package dev.longshore.gateway.webhook.domain;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells whether bytes are one JSON document in UTF-8. They are read once and kept as they are. */
public final class JsonText {

    /** With Jackson's own bounds on nesting and on the length of names and numbers. */
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** The text; empty if it is anything but an object or an array. */
    public static Optional<String> of(byte[] bytes) {
        try {
            // Strictly: a parser given the bytes would also take UTF-16, which nobody after us expects.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return isDocument(text) ? Optional.of(text) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isDocument(String text) throws IOException {
        try (var parser = JSON.createParser(text)) {
            var first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        }
    }
}
