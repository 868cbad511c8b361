package dev.longshore.push.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Platform;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What of an image's config is kept. A config that cannot be read is empty: the image is there all the same. */
public record ImageConfig(Optional<Platform> platform, Map<String, String> labels, Optional<Instant> createdAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LABELS = 200;
    private static final int LONGEST_LABEL = 4096;
    /** PostgreSQL's text cannot hold it. */
    private static final String NUL = "\0";

    public ImageConfig {
        labels = Map.copyOf(labels);
    }

    public static ImageConfig none() {
        return new ImageConfig(Optional.empty(), Map.of(), Optional.empty());
    }

    public static ImageConfig parse(byte[] content) {
        try {
            var document = JSON.readTree(content);
            if (document == null || !document.isObject()) {
                return none();
            }
            return new ImageConfig(
                    platform(document), labels(document.path("config").path("Labels")), created(document));
        } catch (IOException _) {
            return none();
        }
    }

    private static Optional<Platform> platform(JsonNode document) {
        var platform = new Platform(
                text(document, "os").orElse(""),
                text(document, "architecture").orElse(""),
                text(document, "variant").orElse(null),
                text(document, "os.version").orElse(null));
        return Optional.of(platform).filter(DescribeManifest::isKnown);
    }

    /** The first so many, and no novels: they travel in every event of the inventory. */
    private static Map<String, String> labels(JsonNode labels) {
        var found = new HashMap<String, String>();
        labels.properties().stream().limit(MOST_LABELS).forEach(label -> {
            var value = label.getValue().asText("").replace(NUL, "");
            found.put(
                    label.getKey().replace(NUL, ""),
                    value.length() <= LONGEST_LABEL ? value : value.substring(0, LONGEST_LABEL));
        });
        return found;
    }

    private static Optional<Instant> created(JsonNode document) {
        try {
            return text(document, "created")
                    .map(text -> OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || !value.isTextual() || value.asText().isEmpty()
                ? Optional.empty()
                : Optional.of(value.asText().replace(NUL, ""));
    }
}
