package dev.longshore.oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The media types of the image specification and of Docker's schema 2, which registries serve side by side. */
public final class MediaType {

    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public static final String DOCKER_FOREIGN_LAYER = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    public static final String OCTET_STREAM = "application/octet-stream";

    /** What a client accepts when it asks for a manifest, the newest first. */
    public static final List<String> MANIFESTS =
            List.of(OCI_INDEX, OCI_MANIFEST, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST);

    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_MANIFEST_LIST);
    private static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    private static final Set<String> IMAGE_CONFIGS = Set.of(OCI_CONFIG, DOCKER_CONFIG);
    private static final String NONDISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.";

    private MediaType() {}

    /** An index of manifests, or Docker's manifest list. */
    public static boolean isIndex(String mediaType) {
        return INDEXES.contains(essence(mediaType));
    }

    /** The manifest of one image or artifact, not an index. */
    public static boolean isImageManifest(String mediaType) {
        return IMAGES.contains(essence(mediaType));
    }

    /** Anything that lives below {@code /manifests/}: {@link #isIndex} or {@link #isImageManifest}. */
    public static boolean isManifest(String mediaType) {
        return isIndex(mediaType) || isImageManifest(mediaType);
    }

    /** The config of a runnable image, as against that of an artifact. */
    public static boolean isImageConfig(String mediaType) {
        return IMAGE_CONFIGS.contains(essence(mediaType));
    }

    /** Layers of old Windows images that stay at their vendor: registries need not have them. */
    public static boolean isForeignLayer(String mediaType) {
        var essence = essence(mediaType);
        return essence.equals(DOCKER_FOREIGN_LAYER) || essence.startsWith(NONDISTRIBUTABLE);
    }

    /** The media type without parameters such as {@code charset}, in lower case. */
    public static String essence(String mediaType) {
        var semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
