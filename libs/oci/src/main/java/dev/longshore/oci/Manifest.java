package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document below {@code /manifests/}: an image (or artifact), or an index of them. Docker's schema 2 manifests and
 * manifest lists have the same shapes and differ by {@link #mediaType()}.
 *
 * <p>It is read from the registry's bytes and never written back in their place: the digest is of the bytes.
 */
public sealed interface Manifest {

    int SCHEMA_VERSION = 2;

    @JsonProperty
    default int schemaVersion() {
        return SCHEMA_VERSION;
    }

    String mediaType();

    /** As the document says it; see {@link #effectiveArtifactType()}. */
    @Nullable
    String artifactType();

    /** The manifest that this one says something about, if it does. */
    @Nullable
    Descriptor subject();

    Map<String, String> annotations();

    /** What a referrers list shows as the artifact type: an image falls back to its config's media type. */
    @Nullable
    String effectiveArtifactType();

    /** The descriptor by which a referrers list names this manifest. */
    default Descriptor asReferrer(Digest digest, long size) {
        return Descriptor.of(mediaType(), digest, size)
                .withArtifactType(effectiveArtifactType())
                .withAnnotations(annotations());
    }

    /** One image or artifact: a config and layers. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"schemaVersion", "mediaType", "artifactType", "config", "layers", "subject", "annotations"})
    record Image(
            String mediaType,
            @Nullable String artifactType,
            Descriptor config,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Descriptor> layers,
            @Nullable Descriptor subject,
            Map<String, String> annotations)
            implements Manifest {

        public Image {
            layers = List.copyOf(layers);
            annotations = Map.copyOf(annotations);
        }

        /** Config and layers in the document's order, each digest once. */
        public List<Descriptor> blobs() {
            return Stream.concat(Stream.of(config), layers.stream())
                    .collect(
                            Collectors.toMap(Descriptor::digest, blob -> blob, (first, _) -> first, LinkedHashMap::new))
                    .values()
                    .stream()
                    .toList();
        }

        @Override
        public @Nullable String effectiveArtifactType() {
            return artifactType == null || artifactType.isEmpty() ? config.mediaType() : artifactType;
        }
    }

    /** An index: one image per platform, usually. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"schemaVersion", "mediaType", "artifactType", "manifests", "subject", "annotations"})
    record Index(
            String mediaType,
            @Nullable String artifactType,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Descriptor> manifests,
            @Nullable Descriptor subject,
            Map<String, String> annotations)
            implements Manifest {

        public Index {
            manifests = List.copyOf(manifests);
            annotations = Map.copyOf(annotations);
        }

        @Override
        public @Nullable String effectiveArtifactType() {
            return artifactType;
        }
    }
}
