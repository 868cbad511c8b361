package dev.longshore.gateway.door;

import io.vertx.core.MultiMap;

/** What browsers are told of every answer, whoever made it. */
final class SecurityHeaders {

    private static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    /** Swagger UI starts itself by an inline script. */
    private static final String DOCS =
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    private SecurityHeaders() {}

    /** @param isTls browsers are to come by TLS ever after; without it they would not listen */
    static void apply(String path, boolean isTls, MultiMap headers) {
        if (isTls) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", isDocs(path) ? DOCS : NOTHING);
        if (!isDocs(path) && !headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
        headers.remove("Server");
    }

    private static boolean isDocs(String path) {
        return path.equals("/docs") || path.startsWith("/docs/");
    }
}
