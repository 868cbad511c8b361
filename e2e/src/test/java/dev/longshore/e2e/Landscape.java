package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.GovernedRegistry;
import dev.longshore.e2e.suite.Suite;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import java.time.Duration;

/**
 * Two registries, a scan policy for the first and a rule from the first to the second, of one test class's own, named
 * {@code <name>-left} and so on: critical blocks, high warns, what is allowed is copied on push with its referrers.
 */
final class Landscape implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    final String name;
    final Suite suite;
    final Api api;
    final GovernedRegistry left;
    final GovernedRegistry right;

    private Landscape(String name, Suite suite, Api api, GovernedRegistry left, GovernedRegistry right) {
        this.name = name;
        this.suite = suite;
        this.api = api;
        this.left = left;
        this.right = right;
    }

    static Landscape start(String name) {
        var suite = Suite.shared();
        var api = Api.admin(suite);
        var left = GovernedRegistry.start(suite, name + "-left", Kind.DISTRIBUTION_2)
                .register(api);
        var right = GovernedRegistry.start(suite, name + "-right", Kind.DISTRIBUTION_3)
                .register(api);
        api.demand(api.put("/api/v1/scan-policies/" + name, """
                {"scope": {"registries": ["%s"], "repositories": ["**"], "tags": ["**"]}, "gracePeriod": "0s",
                 "actions": {"critical": "block", "high": "warn", "medium": "allow", "low": "allow", "unknown": "allow"}}""".formatted(left.name())));
        api.demand(api.put("/api/v1/replication-rules/" + name, """
                {"source": {"registry": "%s", "repositories": ["shop/**"]},
                 "target": {"registry": "%s", "repository": "{repository}"},
                 "trigger": {"onPush": true}, "require": {"decision": "allow"}, "referrers": true}""".formatted(left.name(), right.name())));
        return new Landscape(name, suite, api, left, right);
    }

    /** As the API names an image of the left registry. */
    String onLeft(String image) {
        return left.name() + "/" + image;
    }

    /** The decision about exactly this digest. */
    JsonNode awaitDecision(String image, String digest, String action) {
        return await("decision " + action + " about " + image)
                .atMost(PATIENCE)
                .until(
                        () -> api.about("/api/v1/decisions", onLeft(image)),
                        answer -> answer.status() == 200
                                && answer.items()
                                        .anyMatch(item -> item.path("digest")
                                                        .asText()
                                                        .equals(digest)
                                                && item.path("action").asText().equals(action)))
                .json()
                .path("items")
                .get(0);
    }

    void awaitCopied(String repository, String tag, String digest) {
        await("%s:%s on the right".formatted(repository, tag))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(right.digest(repository, tag)).contains(digest));
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
