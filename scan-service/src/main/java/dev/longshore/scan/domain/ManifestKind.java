package dev.longshore.scan.domain;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether there is something to scan in a manifest. */
public enum ManifestKind {
    IMAGE,
    INDEX,
    ARTIFACT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ManifestKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /**
     * The layers count too: attestations and signatures made before artifact types existed carry the config of an image,
     * and give themselves away by layers that are no file system.
     */
    public static ManifestKind of(
            String mediaType, @Nullable String artifactType, @Nullable Descriptor config, List<Descriptor> layers) {
        if (MediaType.isIndex(mediaType)) {
            return INDEX;
        }
        var isArtifact = artifactType != null && !artifactType.isEmpty() && !MediaType.isImageConfig(artifactType);
        var hasImageConfig = config != null && MediaType.isImageConfig(config.mediaType());
        var hasFiles = layers.isEmpty() || layers.stream().anyMatch(layer -> isFileSystem(layer.mediaType()));
        return MediaType.isImageManifest(mediaType) && !isArtifact && hasImageConfig && hasFiles ? IMAGE : ARTIFACT;
    }

    private static boolean isFileSystem(String mediaType) {
        var essence = MediaType.essence(mediaType);
        return essence.startsWith("application/vnd.oci.image.layer.")
                || essence.startsWith("application/vnd.docker.image.rootfs.");
    }
}
