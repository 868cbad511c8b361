package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image of an archive: the file itself is its one layer. Of the same archive it is always the same image, byte for
 * byte, whoever pushes it.
 */
public record CheckpointImage(Descriptor layer, byte[] config, byte[] manifest, Digest digest) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static CheckpointImage of(ReadArchive archive) {
        var layer = Descriptor.of(archive.compression().mediaType(), archive.digest(), archive.size());
        var config = json(config(archive));
        var manifest = json(new Manifest.Image(
                MediaType.OCI_MANIFEST,
                null,
                Descriptor.of(MediaType.OCI_CONFIG, Digest.of(config), config.length),
                List.of(layer),
                null,
                annotations(archive.checkpoint())));
        return new CheckpointImage(layer, config, manifest, Digest.of(manifest));
    }

    /**
     * Two images with one config digest are one image to containerd, so a packed and a plain archive of one checkpoint have
     * configs of their own: the layer's digest is in the history.
     */
    private static Map<String, Object> config(ReadArchive archive) {
        var created = archive.checkpoint().checkpointedAt().toString();
        var config = new LinkedHashMap<String, Object>();
        config.put("created", created);
        config.put("architecture", archive.checkpoint().architecture());
        config.put("os", "linux");
        config.put("config", Map.of());
        config.put(
                "rootfs",
                ordered("type", "layers", "diff_ids", List.of(archive.diffId().toString())));
        config.put(
                "history",
                List.of(ordered("created", created, "created_by", "longshore checkpoint " + archive.digest())));
        return config;
    }

    /** What each of the three engines, and checkpointctl, look for. A key without a value is left out. */
    static Map<String, String> annotations(Checkpoint checkpoint) {
        var found = new TreeMap<String, String>();
        put(found, "io.kubernetes.cri-o.annotations.checkpoint.name", checkpoint.container());
        put(found, "io.podman.annotations.checkpoint.name", checkpoint.container());
        put(found, "io.podman.annotations.checkpoint.runtime.name", runtime(checkpoint));
        put(found, "io.podman.annotations.checkpoint.rootfsImageName", checkpoint.image());
        put(found, "io.podman.annotations.checkpoint.rootfsImageID", checkpoint.imageId());
        put(found, "org.criu.checkpoint.engine.name", checkpoint.engine().toString());
        put(found, "org.criu.checkpoint.container.name", checkpoint.container());
        put(found, "org.criu.checkpoint.pod.name", checkpoint.pod());
        put(found, "org.criu.checkpoint.pod.id", checkpoint.podUid());
        put(found, "org.criu.checkpoint.pod.namespace", checkpoint.namespace());
        put(found, "org.criu.checkpoint.rootfsImageName", checkpoint.image());
        put(found, "org.criu.checkpoint.rootfsImageID", checkpoint.imageId());
        put(found, "org.criu.checkpoint.runtime.name", checkpoint.runtime());
        put(found, "org.criu.checkpoint.criu.version", checkpoint.criuVersion());
        put(found, "org.criu.checkpoint.host.arch", checkpoint.architecture());
        put(found, "org.criu.checkpoint.host.kernel", checkpoint.kernel());
        put(
                found,
                "org.opencontainers.image.created",
                checkpoint.checkpointedAt().toString());
        return found;
    }

    /** podman compares it with the name of the host's runtime; containerd names the shim that it runs through. */
    private static String runtime(Checkpoint checkpoint) {
        var runtime = checkpoint.runtime();
        var shim = runtime.split("\\.");
        return runtime.startsWith("io.containerd.") && shim.length > 2 ? shim[2] : runtime;
    }

    private static void put(Map<String, String> annotations, String key, @Nullable String value) {
        if (value != null) {
            annotations.put(key, value);
        }
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(first, one);
        fields.put(second, two);
        return fields;
    }

    private static byte[] json(Object document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Could not write a document of a checkpoint's image", failure);
        }
    }
}
