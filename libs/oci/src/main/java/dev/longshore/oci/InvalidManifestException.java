package dev.longshore.oci;

/** Bytes that should be a manifest are not one. */
public final class InvalidManifestException extends IllegalArgumentException {

    public InvalidManifestException(String message) {
        super(message);
    }

    public InvalidManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
