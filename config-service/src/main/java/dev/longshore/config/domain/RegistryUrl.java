package dev.longshore.config.domain;

import dev.longshore.config.domain.input.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The address of a registry: {@code http(s)://host[:port][/path]}, written in one way. */
final class RegistryUrl {

    private RegistryUrl() {}

    /** @param problem told what is wrong, if something is */
    static Optional<URI> parse(String text, Consumer<String> problem) {
        var refusal = refusal(text);
        refusal.ifPresent(problem);
        return refusal.isPresent() ? Optional.empty() : Optional.of(normal(URI.create(text.strip())));
    }

    private static Optional<String> refusal(String text) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException _) {
            return refused(text, "is not a URL such as https://registry.corp:5000");
        }
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getRawUserInfo() != null || text.contains("@")) {
            // Not quoted: what is before the @ may be a password.
            return Optional.of("The URL has a user or a password in it; give them as /credentials");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return refused(text, "does not begin with https:// or http://");
        }
        if (url.getHost() == null) {
            return refused(text, "has no valid host");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return refused(text, "has no valid port");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return refused(text, "has a query or a fragment, which a registry's address has not");
        }
        var path = url.getRawPath() == null ? "" : url.getRawPath();
        return path.contains("//") || path.contains("/../") || path.endsWith("/..") || path.contains("/v2/")
                ? refused(text, "has a path that no registry has; /v2/ is added by Longshore")
                : Optional.empty();
    }

    private static Optional<String> refused(String text, String why) {
        return Optional.of("The URL %s %s".formatted(Quoted.of(text), why));
    }

    private static URI normal(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        var path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
        return URI.create(url.getScheme().toLowerCase(Locale.ROOT) + "://"
                + url.getHost().toLowerCase(Locale.ROOT) + port + path);
    }
}
