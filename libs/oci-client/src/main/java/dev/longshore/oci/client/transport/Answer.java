package dev.longshore.oci.client.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a registry answered.
 *
 * @param uri where it was asked, after redirects
 * @param stream the body still to be read, paused, if it was asked for as a stream and there is one; {@code body} is
 *     empty then
 */
public record Answer(
        URI uri,
        int status,
        MultiMap headers,
        Buffer body,
        @Nullable ResponseBody stream) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }

    public List<String> headerValues(String name) {
        return headers.getAll(name);
    }

    public Optional<Long> contentLength() {
        return header("Content-Length")
                .filter(value -> value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Long::parseLong);
    }

    public boolean isHtml() {
        return header("Content-Type")
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> type.startsWith("text/html") || type.startsWith("application/xhtml"))
                .isPresent();
    }

    /** Where {@code Location} points, seen from where this came from; empty if nowhere. */
    public Optional<URI> location() {
        return header("Location").flatMap(location -> Origins.resolve(uri, location));
    }

    void discard() {
        if (stream != null) {
            stream.cut();
        }
    }
}
