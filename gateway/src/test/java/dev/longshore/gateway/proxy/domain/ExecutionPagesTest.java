package dev.longshore.gateway.proxy.domain;

import static dev.longshore.gateway.proxy.domain.Service.PUSH;
import static dev.longshore.gateway.proxy.domain.Service.REPLICATION;
import static dev.longshore.gateway.proxy.domain.Service.SCAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionPagesTest {

    private static final Map<Service, String> FIRST = Map.of(PUSH, "", SCAN, "", REPLICATION, "");

    @Test
    void putsTheNewestOfAllServicesFirst() {
        var merged = ExecutionPages.merge(
                FIRST,
                Map.of(
                        PUSH, page(null, execution("psh-1", "2026-11-21T08:00:01Z")),
                        SCAN, page(null, execution("scn-2", "2026-11-21T08:00:03Z")),
                        REPLICATION, page(null, execution("rep-3", "2026-11-21T08:00:02Z"))),
                Optional.empty());

        assertThat(ids(merged)).containsExactly("scn-2", "rep-3", "psh-1");
        assertThat(merged.has("next")).isFalse();
        assertThat(merged.has("unavailable")).isFalse();
    }

    @Test
    void goesOnWhereEachServiceEnded() {
        var merged = ExecutionPages.merge(
                FIRST, Map.of(PUSH, page("p2"), SCAN, page(null), REPLICATION, page("r2")), Optional.empty());

        var next = ExecutionPages.cursors(merged.path("next").asText(), List.of(PUSH, SCAN, REPLICATION));

        assertThat(next).contains(Map.of(PUSH, "p2", REPLICATION, "r2"));
    }

    @Test
    void namesAServiceThatIsAwayAndAsksItAgainForTheSame() {
        var asked = Map.of(PUSH, "p2", SCAN, "s2");

        var merged = ExecutionPages.merge(asked, Map.of(PUSH, page(null)), Optional.empty());

        assertThat(merged.path("unavailable").get(0).asText()).isEqualTo("scan-service");
        assertThat(ExecutionPages.cursors(merged.path("next").asText(), List.of(PUSH, SCAN)))
                .contains(Map.of(SCAN, "s2"));
    }

    @Test
    void filtersByState() {
        var merged = ExecutionPages.merge(
                FIRST, Map.of(PUSH, page(null, execution("psh-1", "2026-11-21T08:00:01Z"))), Optional.of("failed"));

        assertThat(ids(merged)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "QUJD", "UkVURU5USU9OPTE", "PUSH=1"})
    void knowsACursorThatIsNone(String cursor) {
        assertThat(ExecutionPages.cursors(cursor, List.of(PUSH, SCAN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "x", "-1", "1e9", "99999999999"})
    void knowsALimitThatIsNone(String limit) {
        assertThat(ExecutionPages.isLimit(limit)).isFalse();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("id").asText())
                .toList();
    }

    private static String execution(String id, String createdAt) {
        return "{\"id\":\"%s\",\"state\":\"running\",\"createdAt\":\"%s\"}".formatted(id, createdAt);
    }

    private static JsonNode page(String next, String... items) {
        var end = next == null ? "" : ",\"next\":\"%s\"".formatted(next);
        try {
            return new ObjectMapper().readTree("{\"items\":[%s]%s}".formatted(String.join(",", items), end));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
