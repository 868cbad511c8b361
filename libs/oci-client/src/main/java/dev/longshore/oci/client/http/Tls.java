package dev.longshore.oci.client.http;

import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken, all in PEM. The CA bundle is trusted besides the platform's authorities, because blobs are often
 * redirected to storage elsewhere.
 */
public record Tls(
        boolean verify,
        @Nullable String caBundle,
        @Nullable String clientCertificate,
        @Nullable String clientKey) {

    public Tls {
        if ((clientCertificate == null) != (clientKey == null)) {
            throw new IllegalArgumentException("A client certificate and its key are given together");
        }
    }

    public static Tls defaults() {
        return new Tls(true, null, null, null);
    }

    @Override
    public String toString() {
        return "Tls[verify=%s, caBundle=%s, clientCertificate=%s]"
                .formatted(verify, caBundle != null, clientCertificate != null);
    }
}
