package dev.longshore.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.ReplicationEvent.ReplicationCompleted;
import dev.longshore.oci.MediaType;
import dev.longshore.replication.domain.TestRule;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Debian's Distribution 2.8.2 to Distribution 3.1.2. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class ReplicationTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static RegistryProcess left;
    private static RegistryProcess right;
    private static World world;

    @BeforeAll
    static void start() {
        left = RegistryProcess.of(Kind.DISTRIBUTION_2).start();
        right = RegistryProcess.of(Kind.DISTRIBUTION_3).start();
        world = new World();
        world.registry("left", left.uri(), "enforce");
        world.registry("right", right.uri(), "enforce");
        world.rule("promotion", TestRule.make());
    }

    @AfterAll
    static void stop() {
        world.close();
        left.close();
        right.close();
    }

    @Test
    void copiesAnImageOnceItIsAllowed() {
        // Given
        var image = TestImages.image("blocked first");
        TestPush.to(left.uri()).image("shop/blocked", "1.0", image);
        world.pushed("left", "shop/blocked", "1.0", image);
        world.decided("left", "shop/blocked", image, Action.BLOCK);
        awaitVerdict("left/shop/blocked:1.0", "waiting");
        assertThat(Client.digest(right, "mirror/shop/blocked:1.0")).isEmpty();

        // When
        world.decided("left", "shop/blocked", image, Action.ALLOW);

        // Then
        awaitCopied("mirror/shop/blocked:1.0", image.digest());
        assertThat(Client.inspect(right, "mirror/shop/blocked:1.0")).isNotEmpty();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(world.replications())
                    .filteredOn(ReplicationCompleted.class::isInstance)
                    .map(ReplicationCompleted.class::cast)
                    .filteredOn(fact -> fact.source().equals("left/shop/blocked:1.0"))
                    .singleElement()
                    .satisfies(fact -> {
                        assertThat(fact.rule()).isEqualTo("promotion");
                        assertThat(fact.digest()).hasToString(image.digest());
                        assertThat(fact.bytes()).isPositive();
                    });
            assertThat(world.audit())
                    .map(AuditRecorded.class::cast)
                    .filteredOn(entry -> entry.resource().equals("right/mirror/shop/blocked:1.0"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.actor()).isEqualTo("service:replication-service"));
        });
        World.asking()
                .get("/api/v1/replicas?reference=left/shop/blocked:1.0")
                .then()
                .statusCode(200)
                .body("items.target", contains("right/mirror/shop/blocked:1.0"))
                .body("items.digest", contains(image.digest()));
    }

    @Test
    void copiesAnIndexWithAllPlatformsAndReferrersAndPutsEachManifestOnce() {
        // Given
        var index = TestImages.index("multi-arch");
        var sbom = TestImages.referrer(index, "application/vnd.cyclonedx+json", "{\"sbom\":1}");
        var push = TestPush.to(left.uri());
        push.image("shop/multi", "2.0", index);
        attach("shop/multi", index, sbom);

        // When
        world.pushed("left", "shop/multi", "2.0", index);
        world.referrer("left", "shop/multi", sbom, index);
        world.decided("left", "shop/multi", index, Action.ALLOW);

        // Then
        awaitCopied("mirror/shop/multi:2.0", index.digest());
        assertThat(Client.digest(right, "mirror/shop/multi:2.0")).isEqualTo(index.digest());
        for (var child : index.children()) {
            assertThat(Client.digest(right, "mirror/shop/multi@" + child.digest()))
                    .isEqualTo(child.digest());
        }
        assertThat(Client.referrers(right, "mirror/shop/multi:2.0")).containsExactly(sbom.digest());
        assertThat(right.accessLog("PUT", "/v2/mirror/shop/multi/manifests/"))
                .as("two children, the referrer, its list under the fallback tag, the tag last")
                .hasSize(5)
                .last()
                .asString()
                .contains("/manifests/2.0 ");
    }

    @Test
    void copiesALateReferrerAndNothingElse() {
        // Given
        var image = TestImages.image("signed later");
        TestPush.to(left.uri()).image("shop/late", "1.0", image);
        world.pushed("left", "shop/late", "1.0", image);
        world.decided("left", "shop/late", image, Action.ALLOW);
        awaitCopied("mirror/shop/late:1.0", image.digest());

        // When
        var signature = TestImages.referrer(image, "application/vnd.dev.cosign.artifact.sig.v1+json", "signature");
        attach("shop/late", image, signature);
        world.referrer("left", "shop/late", signature, image);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Client.referrers(right, "mirror/shop/late:1.0"))
                        .containsExactly(signature.digest()));
        assertThat(right.accessLog("PUT", "/v2/mirror/shop/late/manifests/1.0")).hasSize(1);
    }

    @Test
    void followsATagThatMovesAndMountsWhatTheTargetHas() {
        // Given
        var older = TestImages.image("older");
        var newer = TestImages.image("newer");
        TestPush.to(left.uri()).image("shop/moving", "latest", older);
        world.pushed("left", "shop/moving", "latest", older);
        world.decided("left", "shop/moving", older, Action.ALLOW);
        awaitCopied("mirror/shop/moving:latest", older.digest());

        // When
        TestPush.to(left.uri()).image("shop/moving", "latest", newer);
        world.pushed("left", "shop/moving", "latest", newer);
        world.decided("left", "shop/moving", newer, Action.ALLOW);
        awaitCopied("mirror/shop/moving:latest", newer.digest());
        TestPush.to(left.uri()).image("shop/same", "1", newer);
        world.pushed("left", "shop/same", "1", newer);
        world.decided("left", "shop/same", newer, Action.ALLOW);

        // Then
        awaitCopied("mirror/shop/same:1", newer.digest());
        assertThat(right.accessLog("POST", "/v2/mirror/shop/same/blobs/uploads/"))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("from=mirror%2Fshop%2Fmoving").contains("\" 201 "));
    }

    @Test
    void aFreezeStopsItAndItGoesOnWhenTheFreezeIsLifted() {
        // Given
        var image = TestImages.image("frozen");
        TestPush.to(left.uri()).image("shop/frozen", "1.0", image);
        world.freeze("registry:right");

        try {
            awaitFrozen();

            // When
            world.pushed("left", "shop/frozen", "1.0", image);
            world.decided("left", "shop/frozen", image, Action.ALLOW);

            // Then
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Database.tasks("left/shop/frozen:1.0"))
                            .singleElement()
                            .asString()
                            .startsWith("succeeded skipped Could not change anything: frozen"));
            assertThat(right.accessLog("PUT", "/v2/mirror/shop/frozen/")).isEmpty();
            assertThat(right.accessLog("POST", "/v2/mirror/shop/frozen/")).isEmpty();
        } finally {
            world.thaw("registry:right");
        }
        awaitCopied("mirror/shop/frozen:1.0", image.digest());
    }

    @Test
    void runsAWholeRuleOnDemandAndDoesNothingForWhatIsInSync() {
        // Given
        var image = TestImages.image("on demand");
        TestPush.to(left.uri()).image("shop/demand", "1.0", image);
        world.pushed("left", "shop/demand", "1.0", image);
        world.decided("left", "shop/demand", image, Action.ALLOW);
        awaitCopied("mirror/shop/demand:1.0", image.digest());
        awaitVerdict("left/shop/demand:1.0", "in-sync");

        // When
        var execution = World.asking()
                .post("/api/v1/replication-rules/promotion/executions")
                .then()
                .statusCode(202)
                .body("id", startsWith("rep-"))
                .extract()
                .<String>path("id");

        // Then
        awaitSucceeded(execution);
        World.asking()
                .get("/api/v1/executions/" + execution + "/tasks")
                .then()
                .body("items.kind", hasItem("plan-replication"));
        assertThat(Database.tasks(execution, "left/shop/demand:1.0")).isEmpty();
        World.asking()
                .post("/api/v1/replication-rules/nothing/executions")
                .then()
                .statusCode(404);
    }

    @Test
    void copiesOneImageOnDemandWhateverTheRulesSay() {
        // Given
        var image = TestImages.image("by hand");
        TestPush.to(left.uri()).image("other/tool", "1.0", image);

        // When
        var execution = World.asking()
                .body("{\"source\": \"left/other/tool:1.0\", \"target\": \"right/tools/tool:stable\"}")
                .post("/api/v1/copies")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");

        // Then
        awaitSucceeded(execution);
        assertThat(Client.digest(right, "tools/tool:stable")).isEqualTo(image.digest());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(world.audit())
                        .map(AuditRecorded.class::cast)
                        .filteredOn(entry -> entry.resource().equals("right/tools/tool:stable"))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.actor()).isEqualTo("mia")));
    }

    @Test
    void refusesWhatCannotBeCopied() {
        refuses("{\"source\": \"left/shop/API:1\", \"target\": \"right/x:1\"}", "invalid-reference", "/source");
        refuses("{\"source\": \"left/shop/api:1\", \"target\": \"right/x\"}", "invalid-reference", "/target");
        refuses("{\"source\": \"nobody/shop/api:1\", \"target\": \"right/x:1\"}", "invalid-reference", "/source");
        refuses("{\"source\": \"left/shop/api:1\", \"target\": \"nobody/x:1\"}", "invalid-reference", "/target");
        refuses("{\"source\": \"left/shop/api:1\", \"target\": \"left/shop/api:1\"}", "invalid-request", "/target");
        refuses("{\"source\": \"left/shop/api:1\"}", "invalid-request", "/target");
        refuses(
                "{\"source\": \"left/shop/api:1\", \"target\": \"right/x:1\", \"force\": true}",
                "unknown-field",
                "/force");
        World.asking()
                .get("/api/v1/replicas?reference=left")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-reference"));
    }

    private static void refuses(String body, String code, String pointer) {
        World.asking()
                .body(body)
                .post("/api/v1/copies")
                .then()
                .statusCode(400)
                .body("code", equalTo(code))
                .body("errors.pointer", contains(pointer));
    }

    /** As a client does on a registry without the referrers API. */
    private static void attach(String repository, TestImage subject, TestImage referrer) {
        var push = TestPush.to(left.uri());
        push.image(repository, referrer.digest(), referrer);
        var list = new TestContent(
                MediaType.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                        .formatted(MediaType.OCI_INDEX, referrer.manifest().descriptor())
                        .getBytes(StandardCharsets.UTF_8));
        push.manifest(repository, subject.digest().replace(':', '-'), list);
    }

    private static void awaitCopied(String reference, String digest) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Client.digest(right, reference)).isEqualTo(digest));
    }

    private static void awaitVerdict(String source, String verdict) {
        await().atMost(SOON)
                .untilAsserted(() -> World.asking()
                        .get("/api/v1/replication-rules/promotion/preview")
                        .then()
                        .statusCode(200)
                        .body("items.find { it.source == '" + source + "' }.verdict", equalTo(verdict)));
    }

    private static void awaitFrozen() {
        await().atMost(SOON)
                .untilAsserted(() -> World.asking()
                        .post("/api/v1/replication-rules/promotion/executions")
                        .then()
                        .statusCode(409)
                        .body("code", equalTo("frozen")));
    }

    private static void awaitSucceeded(String execution) {
        await().atMost(SOON)
                .untilAsserted(() -> World.asking()
                        .get("/api/v1/executions/" + execution)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("succeeded")));
    }
}
