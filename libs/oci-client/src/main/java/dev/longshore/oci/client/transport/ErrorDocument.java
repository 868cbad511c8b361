package dev.longshore.oci.client.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first error of the specification's error document; registries also send none, or HTML. */
record ErrorDocument(String code, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_SPACE = 28;
    private static final int QUOTA_EXCEEDED = 122;
    private static final int LONGEST_MESSAGE = 300;

    static ErrorDocument parse(byte[] body) {
        return first(body).map(ErrorDocument::from).orElse(new ErrorDocument("", ""));
    }

    private static ErrorDocument from(JsonNode error) {
        var code = error.path("code").asText("");
        return new ErrorDocument(code.length() <= 64 && code.matches("[A-Za-z0-9_]*") ? code : "", message(error));
    }

    /** Distribution says "unknown error" of a full disk, and the error's number of its file system only in the detail. */
    private static String message(JsonNode error) {
        return switch (error.path("detail").path("Enclosed").path("Err").asInt(0)) {
            case NO_SPACE, QUOTA_EXCEEDED -> "no space left on the registry's disk";
            default -> printable(error.path("message"));
        };
    }

    private static Optional<JsonNode> first(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        try {
            var errors = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("errors");
            return Optional.ofNullable(errors.get(0));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static String printable(JsonNode message) {
        var text = message.asText("").replaceAll("\\p{Cntrl}", " ").strip();
        return ForeignText.bounded(text, LONGEST_MESSAGE);
    }

    /** For the end of a message: {@code " DENIED (requested access is denied)"}. */
    String describe() {
        return (code.isEmpty() ? "" : " " + code) + (message.isEmpty() ? "" : " (" + message + ")");
    }
}
