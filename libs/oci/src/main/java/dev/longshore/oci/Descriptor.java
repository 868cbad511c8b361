package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names content by media type, digest and size, and says a little about it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({"mediaType", "artifactType", "digest", "size", "platform", "annotations", "urls", "data"})
public record Descriptor(
        String mediaType,
        Digest digest,
        @JsonInclude(JsonInclude.Include.ALWAYS) long size,
        @Nullable Platform platform,
        @Nullable String artifactType,
        Map<String, String> annotations,
        List<String> urls,
        @Nullable String data) {

    public Descriptor {
        Objects.requireNonNull(mediaType, "A descriptor has a mediaType");
        Objects.requireNonNull(digest, "A descriptor has a digest");
        if (size < 0) {
            throw new IllegalArgumentException("The size %d of %s is negative".formatted(size, digest));
        }
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        urls = urls == null ? List.of() : List.copyOf(urls);
    }

    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, null, null, Map.of(), List.of(), null);
    }

    public Descriptor withPlatform(@Nullable Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, newPlatform, artifactType, annotations, urls, data);
    }

    public Descriptor withArtifactType(@Nullable String newArtifactType) {
        return new Descriptor(mediaType, digest, size, platform, newArtifactType, annotations, urls, data);
    }

    public Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, platform, artifactType, newAnnotations, urls, data);
    }
}
