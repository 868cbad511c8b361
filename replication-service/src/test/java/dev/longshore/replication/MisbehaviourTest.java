package dev.longshore.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.ReplicationEvent.ReplicationFailed;
import dev.longshore.replication.domain.TestRule;
import dev.longshore.testkit.registry.Recorded;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between registries that misbehave as a test says. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class MisbehaviourTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static ScriptedRegistry source;
    private static ScriptedRegistry target;
    private static World world;

    @BeforeAll
    static void start() {
        source = ScriptedRegistry.start();
        target = ScriptedRegistry.start();
        world = new World();
        world.registry("odd", source.uri(), "enforce");
        world.registry("far", target.uri(), "enforce");
        world.rule("odd-to-far", TestRule.make().from("odd", "lab/**").to("far", "copy/{repository}"));
    }

    @AfterAll
    static void stop() {
        world.close();
        source.close();
        target.close();
    }

    @BeforeEach
    void behave() {
        source.behave();
        target.behave();
        target.forgetRequests();
    }

    @Test
    void failsForGoodWhenALayerIsMissingAndNamesIt() {
        // Given
        var image = TestImages.image("layer missing");
        var layer = image.blobs().getLast().digest();
        source.answer(
                "GET",
                "/v2/lab/incomplete/blobs/" + layer,
                ScriptedRegistry.ALWAYS,
                Reply.error(404, "BLOB_UNKNOWN", "gone"));

        // When
        push("lab/incomplete", image);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(world.replications())
                        .filteredOn(ReplicationFailed.class::isInstance)
                        .map(ReplicationFailed.class::cast)
                        .filteredOn(fact -> fact.source().equals("odd/lab/incomplete:1"))
                        .singleElement()
                        .satisfies(fact -> {
                            assertThat(fact.code()).isEqualTo("source-incomplete");
                            assertThat(fact.reason()).contains(layer);
                        }));
        assertThat(target.requests("PUT", "/v2/copy/lab/incomplete/manifests/.*"))
                .isEmpty();
        assertThat(Database.tasks("odd/lab/incomplete:1"))
                .singleElement()
                .asString()
                .startsWith("failed source-incomplete");
    }

    @Test
    void triesAgainWhileTheTargetIsAwayAndPutsEachManifestOnce() {
        // Given
        var index = TestImages.index("target away");
        target.answer("PUT", "/v2/copy/lab/away/manifests/sha256:.*", 2, Reply.of(503));

        // When
        push("lab/away", index);

        // Then
        awaitCopied("lab/away", index);
        assertThat(target.requests("PUT", "/v2/copy/lab/away/manifests/.*"))
                .as("two children and the index, and what was answered with 503")
                .hasSize(3 + 2);
    }

    @Test
    void doesNotPutAgainWhatTheTargetTookWithoutSayingSo() {
        // Given
        var image = TestImages.image("answer lost");
        target.distort("PUT", "/v2/copy/lab/lost/manifests/.*", 1, _ -> Reply.dropped());

        // When
        push("lab/lost", image);

        // Then
        awaitCopied("lab/lost", image);
        assertThat(target.requests("PUT", "/v2/copy/lab/lost/manifests/.*")).hasSize(1);
    }

    @Test
    void goesOnWhereACopyWasStopped() {
        // Given
        var image = TestImages.image("stopped");
        var layer = image.blobs().getLast().digest();
        source.distort("GET", "/v2/lab/stopped/blobs/" + layer, 1, reply -> reply.after(Duration.ofSeconds(60)));
        push("lab/stopped", image);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(source.requests("GET", "/v2/lab/stopped/blobs/" + layer))
                        .isNotEmpty());
        var execution = Database.execution("odd/lab/stopped:1");

        // When
        World.asking()
                .post("/api/v1/executions/" + execution + "/stop")
                .then()
                .statusCode(200)
                .body("state", equalTo("stopped"));
        World.asking().post("/api/v1/executions/" + execution + "/retry").then().statusCode(200);

        // Then
        awaitCopied("lab/stopped", image);
        assertThat(target.requests("PUT", "/v2/copy/lab/stopped/manifests/.*")).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheTargetAsksFor() {
        // Given
        var image = TestImages.image("throttled");
        target.answer("POST", "/v2/copy/lab/throttled/blobs/.*", 1, Reply.tooManyRequests("2"));

        // When
        push("lab/throttled", image);

        // Then
        awaitCopied("lab/throttled", image);
    }

    @Test
    void copiesReferrersAfterTheTagWhereTheTargetWantsThatOrder() {
        // Given
        var image = TestImages.image("subject first");
        var signature = TestImages.referrer(image, "application/vnd.example.signature", "signature");
        source.hold("lab/order", signature.digest(), signature);
        target.answer(
                "PUT",
                "/v2/copy/lab/order/manifests/" + signature.digest(),
                1,
                Reply.error(404, "MANIFEST_UNKNOWN", "no subject"));

        // When
        push("lab/order", image);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(target.requests("PUT", "/v2/copy/lab/order/manifests/.*"))
                        .map(Recorded::path)
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .containsExactly(signature.digest(), "1", signature.digest()));
    }

    @Test
    void changesNothingAtARegistryThatIsOnlyObservedUntilItIsNot() {
        // Given
        var image = TestImages.image("observed");
        world.registry("seen", target.uri(), "observe");
        world.rule("odd-to-seen", TestRule.make().from("odd", "watch/**").to("seen", "seen/{repository}"));

        // When
        push("watch/this", image);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> World.asking()
                        .get("/api/v1/replication-rules/odd-to-seen/preview")
                        .then()
                        .statusCode(200)
                        .body("items[0].verdict", equalTo("observed"))
                        .body("items[0].target", equalTo("seen/seen/watch/this:1")));
        World.asking()
                .body("{\"source\": \"odd/watch/this:1\", \"target\": \"seen/by/hand:1\"}")
                .post("/api/v1/copies")
                .then()
                .statusCode(202);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Database.tasks("odd/watch/this:1"))
                        .singleElement()
                        .asString()
                        .startsWith("succeeded skipped It would be copied"));
        assertThat(target.requests("P.*", ".*(seen|hand).*")).isEmpty();

        // When
        world.registry("seen", target.uri(), "enforce");

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(target.requests("PUT", "/v2/seen/watch/this/manifests/1"))
                        .hasSize(1));
    }

    private static void push(String repository, TestImage image) {
        source.hold(repository, "1", image);
        world.pushed("odd", repository, "1", image);
        world.decided("odd", repository, image, Action.ALLOW);
    }

    private static void awaitCopied(String repository, TestImage image) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Database.copied("odd/" + repository + ":1")).contains(image.digest()));
    }
}
