package dev.longshore.testkit.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes with their media type and digest. */
public record TestContent(String mediaType, byte[] bytes) {

    public String digest() {
        return "sha256:" + sha256(bytes);
    }

    /** As a descriptor in JSON. */
    public String descriptor() {
        return descriptor("");
    }

    /** @param more further members, such as {@code ,"platform":{…}} */
    public String descriptor(String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(mediaType, digest(), bytes.length, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestContent that
                && mediaType.equals(that.mediaType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "%s %s (%d bytes)".formatted(mediaType, digest(), bytes.length);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
