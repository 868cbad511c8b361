package dev.longshore.testkit.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the scripted registry answers, well or badly.
 *
 * @param delay before anything is sent
 * @param cutAfter how many bytes of the body are sent before the connection is dropped; -1 for all of them, and -2 for no
 *     answer at all
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Duration delay, int cutAfter) {

    private static final int WHOLE = -1;
    private static final int NOTHING = -2;

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply of(int status) {
        return new Reply(status, Map.of(), new byte[0], Duration.ZERO, WHOLE);
    }

    public static Reply of(int status, String mediaType, byte[] body) {
        return of(status).with("Content-Type", mediaType).withBody(body);
    }

    public static Reply json(int status, String body) {
        return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** The specification's error document. */
    public static Reply error(int status, String code, String message) {
        return json(status, "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
    }

    public static Reply html(int status) {
        return of(
                status,
                "text/html; charset=utf-8",
                "<html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8));
    }

    /** 429, with {@code Retry-After} as it is written here. */
    public static Reply tooManyRequests(String retryAfter) {
        return error(429, "TOOMANYREQUESTS", "slow down").with("Retry-After", retryAfter);
    }

    public static Reply redirect(int status, URI target) {
        return of(status).with("Location", target.toString());
    }

    /** The connection is closed instead of an answer. */
    public static Reply dropped() {
        return new Reply(0, Map.of(), new byte[0], Duration.ZERO, NOTHING);
    }

    public Reply with(String header, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new Reply(status, changed, body, delay, cutAfter);
    }

    public Reply withBody(byte[] changed) {
        return new Reply(status, headers, changed, delay, cutAfter);
    }

    public Reply after(Duration changed) {
        return new Reply(status, headers, body, changed, cutAfter);
    }

    /** The body breaks off. */
    public Reply cutAfter(int bytes) {
        return new Reply(status, headers, body, delay, bytes);
    }

    boolean isDropped() {
        return cutAfter == NOTHING;
    }

    boolean isCut() {
        return cutAfter >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return status + " " + headers;
    }
}
