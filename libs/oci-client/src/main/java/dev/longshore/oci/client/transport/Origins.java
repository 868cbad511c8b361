package dev.longshore.oci.client.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where requests go. Secrets stay within one origin: scheme, host and port. */
public final class Origins {

    private Origins() {}

    public static boolean same(URI one, URI other) {
        return isTls(one) == isTls(other) && host(one).equals(host(other)) && port(one) == port(other);
    }

    /** Against a base, keeping the target's bytes as they are; empty if it is not an http(s) URL in the end. */
    public static Optional<URI> resolve(URI base, String target) {
        try {
            var resolved = base.resolve(target.strip());
            var scheme =
                    resolved.getScheme() == null ? "" : resolved.getScheme().toLowerCase(Locale.ROOT);
            var usable = (scheme.equals("http") || scheme.equals("https")) && resolved.getHost() != null;
            return usable ? Optional.of(resolved) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isTls(uri) ? 443 : 80;
    }

    static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }

    /** Path and query as they go on the wire. */
    static String target(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
