package dev.longshore.testkit.registry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as the scripted registry saw it; header names in lower case. */
public record Recorded(String method, String path, String query, Map<String, List<String>> headers, int bodySize) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
                .flatMap(values -> values.stream().findFirst());
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
