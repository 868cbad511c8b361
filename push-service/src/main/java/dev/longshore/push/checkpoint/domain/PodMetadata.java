package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Names;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The document that SNAP writes beside an archive: where the container's image came from, and whose pod it was.
 *
 * @param registry as the document writes it, perhaps with a scheme
 */
public record PodMetadata(String registry, String repository, String tag) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fails with {@link IllegalArgumentException}, which says what is wrong with the document. */
    public static PodMetadata parse(byte[] content) {
        var document = json(content);
        var image = document.path("image_info");
        var pod = document.path("pod_info");
        var repository = "%s/%s-%s-%s"
                .formatted(
                        text(image, "repository"),
                        text(pod, "cluster").toLowerCase(Locale.ROOT),
                        text(pod, "namespace"),
                        text(pod, "app"));
        var digest = text(image, "original_image_digest");
        var tag = digest.substring(digest.indexOf(':') + 1) + "-" + text(pod, "pod_template_hash");
        return new PodMetadata(text(image, "registry"), Names.repository(repository), Names.tag(tag));
    }

    /** The registry's address without scheme and path. */
    public String host() {
        var scheme = registry.indexOf("://");
        var address = scheme < 0 ? registry : registry.substring(scheme + 3);
        var slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    private static JsonNode json(byte[] content) {
        try {
            return Optional.ofNullable(JSON.readTree(content))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> new IllegalArgumentException("The metadata is not a JSON object"));
        } catch (IOException _) {
            throw new IllegalArgumentException("The metadata is not JSON");
        }
    }

    private static String text(JsonNode node, String field) {
        var text = node.path(field).asText("").strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The metadata has no '%s'".formatted(field));
        }
        return text;
    }
}
