package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Registries;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real registry tells the gateway what was pushed to it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DistributionTest {

    private static final String SECRET = "hunter2-distribution";

    @Inject
    Registries registries;

    @Inject
    Topics topics;

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DISTRIBUTION_2", "DISTRIBUTION_3"})
    void announcesAPush(Kind kind) {
        Assumptions.assumeTrue(RegistryProcess.isAvailable(kind));
        var name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        registries.configure(name, SECRET);
        var url = Api.base().resolve("/webhooks/" + name);

        try (var registry = RegistryProcess.of(kind)
                .withNotifications(url, Map.of("Authorization", "Bearer " + SECRET))
                .start()) {
            TestPush.to(registry.uri()).image("shop/api", "1.0", TestImages.image("hello"));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(bodies(name))
                            .anySatisfy(body -> assertThat(body).contains("\"push\"", "\"shop/api\"", "\"1.0\"")));
            var deliveries = json(Api.signedIn().get("/api/v1/deliveries?registry=" + name));
            assertThat(deliveries.path("items"))
                    .isNotEmpty()
                    .allSatisfy(delivery ->
                            assertThat(delivery.path("state").asText()).isEqualTo("received"));
        }
    }

    private java.util.List<String> bodies(String registry) {
        return topics.read(Topic.WEBHOOKS, WebhookEvent.class).stream()
                .flatMap(found -> found.event().stream())
                .map(WebhookReceived.class::cast)
                .filter(event -> event.registry().equals(registry))
                .map(WebhookReceived::body)
                .toList();
    }
}
