package dev.longshore.gateway.snap.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of one of SNAP's calls. Its callers send more than is looked at. */
public final class SnapRequest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern REGISTRY = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** One segment of a path, which leads nowhere else. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:+@=-]{0,250}");

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");
    private static final int LONGEST = 4096;

    private final JsonNode body;

    private SnapRequest(JsonNode body) {
        this.body = body;
    }

    public static SnapRequest parse(@Nullable String text) {
        try {
            var body = JSON.readTree(text == null ? "" : text);
            if (body != null && body.isObject()) {
                return new SnapRequest(body);
            }
        } catch (IOException _) {
            // Said below: what Jackson says of it quotes the body, which may hold a password.
        }
        throw SnapException.invalid("The body is not a JSON object");
    }

    public static SnapRequest named(String name) {
        return new SnapRequest(JSON.createObjectNode().put("name", name));
    }

    public String registry(String field) {
        return matching(
                field, REGISTRY, "lower case letters, digits and hyphens, at most 63, and begins with no hyphen");
    }

    /** The name of a file or folder. */
    public String file(String field) {
        var name = matching(field, FILE, "letters, digits and . _ : + @ = -, and is one name, not a path");
        if (name.contains("..")) {
            throw SnapException.invalid("'%s' has '..' in it".formatted(field));
        }
        return name;
    }

    public String username() {
        return matching("username", USERNAME, "letters, digits and . _ @ + -, at most 128");
    }

    public String required(String field) {
        return text(field).orElseThrow(() -> SnapException.invalid("'%s' is missing".formatted(field)));
    }

    public Optional<String> text(String field) {
        var value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()
                || value.asText().length() > LONGEST
                || value.asText().indexOf('\0') >= 0) {
            throw SnapException.invalid("'%s' is not a text, or is too long".formatted(field));
        }
        return Optional.of(value.asText()).filter(text -> !text.isEmpty());
    }

    /** Forms send {@code "true"} as a text. */
    public Optional<Boolean> flag(String field) {
        var value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return switch (value.asText()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw SnapException.invalid("'%s' is neither true nor false".formatted(field));
        };
    }

    private String matching(String field, Pattern pattern, String description) {
        var text = required(field);
        if (!pattern.matcher(text).matches()) {
            throw SnapException.invalid("'%s' may have only %s".formatted(field, description));
        }
        return text;
    }
}
