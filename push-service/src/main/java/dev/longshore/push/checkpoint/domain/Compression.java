package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longshore.oci.MediaType;

/** What is around the tar. The file's name says nothing: podman writes zstd whatever the file is called. */
public enum Compression {
    @JsonProperty("none")
    NONE(MediaType.OCI_LAYER),
    @JsonProperty("gzip")
    GZIP(MediaType.OCI_LAYER_GZIP),
    @JsonProperty("zstd")
    ZSTD(MediaType.OCI_LAYER_ZSTD);

    /** So many bytes are needed to tell. */
    public static final int HEAD = 4;

    private final String mediaType;

    Compression(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Of a layer that is this file as it is. */
    public String mediaType() {
        return mediaType;
    }

    public static Compression of(byte[] head) {
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        return startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) ? ZSTD : NONE;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
