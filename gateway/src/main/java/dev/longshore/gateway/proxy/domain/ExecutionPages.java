package dev.longshore.gateway.proxy.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of several services as one page. The cursor holds each service's own, and leaves out those that have no more;
 * so the newest come first within a page, and every execution comes once.
 */
public final class ExecutionPages {

    private static final int LARGEST_PAGE = 200;

    private ExecutionPages() {}

    /** The services to ask and where each goes on; empty for a cursor that is none. */
    public static Optional<Map<Service, String>> cursors(@Nullable String cursor, List<Service> all) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.of(all.stream().collect(Collectors.toMap(service -> service, _ -> "")));
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            var cursors = new TreeMap<Service, String>();
            for (var entry : text.split(";")) {
                var equals = entry.indexOf('=');
                cursors.put(Service.valueOf(entry.substring(0, equals)), entry.substring(equals + 1));
            }
            return all.containsAll(cursors.keySet()) ? Optional.of(cursors) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    public static String query(Optional<String> kind, Optional<String> limit, String cursor) {
        var parameters = Stream.of(
                        kind.map(value -> "kind=" + encoded(value)),
                        limit.map(value -> "limit=" + encoded(value)),
                        Optional.of(cursor).filter(value -> !value.isEmpty()).map(value -> "cursor=" + encoded(value)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? "" : "?" + parameters;
    }

    /**
     * One page of several.
     *
     * @param pages of those that answered; the others keep their cursor and are named as unavailable
     * @param state of executions, if only those in it are wanted; services filter by kind alone
     */
    public static ObjectNode merge(Map<Service, String> asked, Map<Service, JsonNode> pages, Optional<String> state) {
        var items = new ArrayList<JsonNode>();
        pages.values().forEach(page -> page.path("items").forEach(items::add));
        state.ifPresent(
                wanted -> items.removeIf(item -> !item.path("state").asText().equals(wanted)));
        items.sort(
                Comparator.comparing((JsonNode item) -> item.path("createdAt").asText())
                        .reversed());
        var merged = JsonNodeFactory.instance.objectNode();
        merged.putArray("items").addAll(items);
        var next = new TreeMap<Service, String>();
        var unavailable = new ArrayList<String>();
        asked.forEach((service, cursor) -> {
            var page = pages.get(service);
            if (page == null) {
                next.put(service, cursor);
                unavailable.add(service.toString());
            } else if (page.path("next").isTextual()) {
                next.put(service, page.path("next").asText());
            }
        });
        if (!next.isEmpty()) {
            merged.put("next", encode(next));
        }
        if (!unavailable.isEmpty()) {
            var names = merged.putArray("unavailable");
            unavailable.stream().sorted().forEach(names::add);
        }
        return merged;
    }

    /** Whether the page size asked for is one that the services take. */
    public static boolean isLimit(@Nullable String limit) {
        return limit == null || (limit.matches("[1-9][0-9]{0,2}") && Integer.parseInt(limit) <= LARGEST_PAGE);
    }

    private static String encode(Map<Service, String> cursors) {
        var text = cursors.entrySet().stream()
                .map(entry -> entry.getKey().name() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
