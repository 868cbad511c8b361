package dev.longshore.oci.client.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a registry.
 *
 * @param path below the registry's base, or an absolute URL that the registry gave
 * @param action the words after "Could not" if it fails
 * @param scopes what a token must allow
 * @param expected the statuses that are answers; any other is a failure
 * @param limit the most bytes that an answer may have
 * @param ticketed the caller holds a ticket of the governor already
 * @param content the answer is a blob, whose content type says nothing
 */
public record Request(
        HttpMethod method,
        String path,
        String action,
        List<String> scopes,
        Map<String, String> headers,
        @Nullable Buffer body,
        Set<Integer> expected,
        int limit,
        boolean ticketed,
        boolean content) {

    private static final int DEFAULT_LIMIT = 64 * 1024;

    public Request {
        scopes = List.copyOf(scopes);
        headers = Map.copyOf(headers);
        expected = Set.copyOf(expected);
    }

    public static Request of(HttpMethod method, String path, String action) {
        return new Request(method, path, action, List.of(), Map.of(), null, Set.of(200), DEFAULT_LIMIT, false, false);
    }

    /** Whether asking twice does no harm, and nothing is left half done in between. */
    public boolean isSafe() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    public Request scoped(String... changed) {
        return new Request(method, path, action, List.of(changed), headers, body, expected, limit, ticketed, content);
    }

    public Request with(String header, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new Request(method, path, action, scopes, changed, body, expected, limit, ticketed, content);
    }

    public Request sending(Buffer changed) {
        return new Request(method, path, action, scopes, headers, changed, expected, limit, ticketed, content);
    }

    public Request expecting(Integer... changed) {
        return new Request(method, path, action, scopes, headers, body, Set.of(changed), limit, ticketed, content);
    }

    public Request limitedTo(int changed) {
        return new Request(method, path, action, scopes, headers, body, expected, changed, ticketed, content);
    }

    public Request withTicket() {
        return new Request(method, path, action, scopes, headers, body, expected, limit, true, content);
    }

    public Request forContent() {
        return new Request(method, path, action, scopes, headers, body, expected, limit, ticketed, true);
    }
}
