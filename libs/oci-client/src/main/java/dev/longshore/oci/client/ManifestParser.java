package dev.longshore.oci.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.ForeignText;
import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests and indexes, OCI's and Docker's. What could be read in two ways is refused, so that a document cannot be
 * an image for one reader and an index for another (CVE-2021-41190).
 */
public final class ManifestParser {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ManifestParser() {}

    /** @param mediaType what the registry answered as content type */
    public static Manifest parse(String mediaType, byte[] content) {
        var document = read(content);
        var version = document.path("schemaVersion").asInt(0);
        if (version != Manifest.SCHEMA_VERSION) {
            throw new InvalidManifestException(
                    "The manifest has schema version %d; only 2 is supported".formatted(version));
        }
        return switch (mediaType(mediaType, document)) {
            case MediaType.OCI_INDEX -> index(MediaType.OCI_INDEX, document);
            case MediaType.DOCKER_MANIFEST_LIST -> index(MediaType.DOCKER_MANIFEST_LIST, document);
            case MediaType.OCI_MANIFEST -> image(MediaType.OCI_MANIFEST, document);
            case MediaType.DOCKER_MANIFEST -> image(MediaType.DOCKER_MANIFEST, document);
            default -> throw new InvalidManifestException("The media type is none of a manifest's");
        };
    }

    /** The media type that the document itself states, or shows by its shape; empty text if neither. */
    static String statedMediaType(byte[] content) {
        try {
            return stated(read(content));
        } catch (InvalidManifestException _) {
            return "";
        }
    }

    private static JsonNode read(byte[] content) {
        try {
            var document = JSON.readTree(content);
            if (document == null || !document.isObject()) {
                throw new InvalidManifestException("The manifest is not a JSON object");
            }
            return document;
        } catch (IOException e) {
            throw new InvalidManifestException("The manifest is not JSON", e);
        }
    }

    private static String mediaType(String answered, JsonNode document) {
        var type = MediaType.essence(answered);
        var stated = stated(document);
        if (!MediaType.isManifest(type)) {
            return stated;
        }
        if (!stated.isEmpty() && !stated.equals(type) && document.hasNonNull("mediaType")) {
            throw new InvalidManifestException(
                    "The manifest says that it is %s, the registry that it is %s".formatted(printable(stated), type));
        }
        return type;
    }

    private static String stated(JsonNode document) {
        if (document.hasNonNull("mediaType")) {
            return document.path("mediaType").asText("");
        }
        if (document.has("manifests")) {
            return MediaType.OCI_INDEX;
        }
        return document.has("config") ? MediaType.OCI_MANIFEST : "";
    }

    private static Manifest index(String mediaType, JsonNode document) {
        if (document.has("config") || document.has("layers")) {
            throw new InvalidManifestException("The index has a config or layers, as only an image has");
        }
        return new Manifest.Index(
                mediaType,
                text(document.get("artifactType")),
                descriptors(document, "manifests"),
                optionalDescriptor(document.get("subject")),
                annotations(document.get("annotations")));
    }

    private static Manifest image(String mediaType, JsonNode document) {
        if (document.has("manifests")) {
            throw new InvalidManifestException("The image manifest has manifests, as only an index has");
        }
        if (!document.hasNonNull("config")) {
            throw new InvalidManifestException("The image manifest has no config");
        }
        return new Manifest.Image(
                mediaType,
                text(document.get("artifactType")),
                descriptor(document.get("config")),
                descriptors(document, "layers"),
                optionalDescriptor(document.get("subject")),
                annotations(document.get("annotations")));
    }

    private static List<Descriptor> descriptors(JsonNode document, String field) {
        var listed = document.get(field);
        if (listed == null || listed.isNull()) {
            return List.of();
        }
        if (!listed.isArray()) {
            throw new InvalidManifestException("The manifest's %s are not a list".formatted(field));
        }
        var found = new ArrayList<Descriptor>(listed.size());
        listed.forEach(each -> found.add(descriptor(each)));
        return found;
    }

    private static @Nullable Descriptor optionalDescriptor(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : descriptor(node);
    }

    private static Descriptor descriptor(JsonNode node) {
        if (!node.path("size").canConvertToLong() || !node.path("size").isIntegralNumber()) {
            throw new InvalidManifestException("The manifest has a descriptor without a size");
        }
        try {
            return JSON.treeToValue(node, Descriptor.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidManifestException(
                    "The manifest has a descriptor that is none (%s)".formatted(firstLine(cause)), e);
        }
    }

    private static Map<String, String> annotations(@Nullable JsonNode node) {
        var found = new LinkedHashMap<String, String>();
        if (node != null && node.isObject()) {
            node.properties()
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue().asText("")));
        }
        return found;
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() || node.asText().isEmpty() ? null : node.asText();
    }

    private static String firstLine(Throwable failure) {
        return printable(
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }

    private static String printable(String text) {
        return ForeignText.bounded(text, 200);
    }
}
