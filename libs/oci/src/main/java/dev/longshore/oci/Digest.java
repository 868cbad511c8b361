package dev.longshore.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.longshore.oci.InvalidReferenceException.Part;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content address of a blob or manifest, in the canonical {@code algorithm:hex} form. */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    public static final String SHA256 = "sha256";
    public static final String SHA512 = "sha512";

    private static final HexFormat HEX = HexFormat.of();

    public Digest {
        var length = switch (algorithm) {
            case SHA256 -> 64;
            case SHA512 -> 128;
            default ->
                throw invalid("The digest algorithm %s is not known; sha256 and sha512 are"
                        .formatted(Names.quote(algorithm)));
        };
        if (hex.length() != length || !hex.chars().allMatch(Digest::isLowerHex)) {
            throw invalid("The digest %s is not %s: followed by %d lower case hexadecimal digits"
                    .formatted(Names.quote(algorithm + ":" + hex), algorithm, length));
        }
    }

    @JsonCreator
    public static Digest parse(String value) {
        var colon = value.indexOf(':');
        if (colon <= 0) {
            throw invalid("The digest %s has no algorithm before a colon".formatted(Names.quote(value)));
        }
        return new Digest(value.substring(0, colon), value.substring(colon + 1));
    }

    /** The SHA-256 of the content, which is what registries use unless asked otherwise. */
    public static Digest of(byte[] content) {
        return of(SHA256, content);
    }

    public static Digest of(String algorithm, byte[] content) {
        return from(algorithm, hash(algorithm).digest(content));
    }

    /** From the result of {@link #newHash()}. */
    public static Digest from(String algorithm, byte[] hashed) {
        return new Digest(algorithm, HEX.formatHex(hashed));
    }

    /** A fresh hash of this digest's algorithm, to check content while it streams. */
    public MessageDigest newHash() {
        return hash(algorithm);
    }

    /** Whether the content is what this digest names. */
    public boolean matches(byte[] content) {
        return equals(of(algorithm, content));
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest hash(String algorithm) {
        var javaName = switch (algorithm) {
            case SHA256 -> "SHA-256";
            case SHA512 -> "SHA-512";
            default ->
                throw invalid("The digest algorithm %s is not known; sha256 and sha512 are"
                        .formatted(Names.quote(algorithm)));
        };
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + javaName, e);
        }
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static InvalidReferenceException invalid(String message) {
        return new InvalidReferenceException(Part.DIGEST, message);
    }
}
