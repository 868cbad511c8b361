package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.Images;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ./longshore down} and {@code up} again: everything is still there, and goes on. */
class RestartE2E {

    @Test
    void keepsEverythingOverARestart() {
        try (var landscape = Landscape.start("restart")) {
            // Given
            var image = Images.vulnerable("before the restart");
            landscape.left.push("shop/kept", "1.0", image);
            landscape.awaitDecision("shop/kept:1.0", image.digest(), "block");
            var password = landscape.suite.adminPassword();
            var before = resources(landscape, landscape.api);
            var audited = landscape
                    .api
                    .get("/api/v1/audit?limit=200")
                    .items()
                    .map(JsonNode::toString)
                    .toList();

            // When
            landscape.suite.down();
            landscape.suite.up();

            // Then
            assertThat(landscape.suite.adminPassword()).isEqualTo(password);
            var api = Api.admin(landscape.suite);
            assertThat(resources(landscape, api)).isEqualTo(before);
            assertThat(api.get("/api/v1/audit?limit=200").items().map(JsonNode::toString))
                    .containsAll(audited.subList(0, Math.min(20, audited.size())));
            var next = Images.fixed("after the restart");
            landscape.left.push("shop/kept", "1.1", next);
            landscape.awaitCopied("shop/kept", "1.1", next.digest());
        }
    }

    private static List<JsonNode> resources(Landscape landscape, Api api) {
        return List.of(
                api.demand(api.get("/api/v1/registries/" + landscape.left.name()))
                        .json(),
                api.demand(api.get("/api/v1/scan-policies/restart")).json(),
                api.demand(api.get("/api/v1/replication-rules/restart")).json(),
                withoutPulls(api.demand(api.about("/api/v1/images", landscape.onLeft("shop/kept:1.0")))
                        .json()),
                api.demand(api.about("/api/v1/findings", landscape.onLeft("shop/kept:1.0")))
                        .json(),
                api.demand(api.about("/api/v1/decisions", landscape.onLeft("shop/kept:1.0")))
                        .json());
    }

    /** The suite's own pulls may be told of at any time. */
    private static JsonNode withoutPulls(JsonNode images) {
        images.path("items").forEach(item -> ((ObjectNode) item).remove("lastPulledAt"));
        return images;
    }
}
