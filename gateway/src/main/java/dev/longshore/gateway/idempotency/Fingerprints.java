package dev.longshore.gateway.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells one body from another. */
final class Fingerprints {

    private Fingerprints() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
