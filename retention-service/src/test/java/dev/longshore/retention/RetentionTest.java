package dev.longshore.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.RetentionEvent;
import dev.longshore.events.RetentionEvent.ImageRetired;
import dev.longshore.events.Topic;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans, and applying them, on Distribution 3. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class RetentionTest {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));

    private static RegistryProcess registry;
    private static World world;

    @BeforeAll
    static void start() {
        registry = RegistryProcess.of(Kind.DISTRIBUTION_3).start();
        world = new World();
        world.registry("left", registry.uri(), "enforce");
    }

    @AfterAll
    static void stop() {
        world.close();
        registry.close();
    }

    @Test
    void deletesExactlyWhatThePlanSaysAndTellsWhy() {
        // Given
        push("shop/web", 12);
        world.policy("ten", "left", "shop/web", 10, null, "plan-only");

        // When
        var plan = PlansApi.plan("ten");

        // Then
        assertThat(PlansApi.deleted(plan)).containsExactlyInAnyOrder("left/shop/web:1", "left/shop/web:2");
        PlansApi.get(plan)
                .body("policy", equalTo("ten"))
                .body("keep", equalTo(10))
                .body("delete", equalTo(2))
                .body("items.find { it.reference == 'left/shop/web:1' }.reasons.code", hasItem("no-rule-keeps-it"))
                .body("items.find { it.reference == 'left/shop/web:12' }.reasons.code", hasItem("kept-by-rule"));
        assertThat(Client.tags(registry, "shop/web")).hasSize(12);

        // When
        PlansApi.applyFully(plan);

        // Then
        assertThat(Client.tags(registry, "shop/web")).hasSize(10).doesNotContain("1", "2");
        PlansApi.get(plan).body("deletions.deleted", equalTo(2));
        PlansApi.refused(plan, 409, "plan-applied");
        await().atMost(PlansApi.SOON).untilAsserted(() -> {
            assertThat(world.said(Topic.RETENTIONS, RetentionEvent.class))
                    .filteredOn(ImageRetired.class::isInstance)
                    .map(ImageRetired.class::cast)
                    .filteredOn(fact -> fact.planId().equals(plan))
                    .hasSize(2)
                    .allSatisfy(fact -> assertThat(fact.retiredBy()).isEqualTo("mia"));
            assertThat(world.said(Topic.AUDIT, AuditEvent.class))
                    .map(AuditRecorded.class::cast)
                    .filteredOn(entry -> entry.action().equals("image.deleted"))
                    .filteredOn(entry -> entry.resource().startsWith("left/shop/web@"))
                    .hasSize(2);
        });
    }

    @Test
    void putsBackAnIndexWithItsChildrenAndItsReferrerUntilTheContentIsGone() {
        // Given
        var index = TestImages.index("to come back");
        var signature = TestImages.referrer(index, "application/vnd.example.signature", "signed");
        TestPush.to(registry.uri()).image("shop/back", "1", index);
        TestPush.to(registry.uri()).image("shop/back", signature.digest(), signature);
        world.pushed("left", "shop/back", "1", index, LONG_AGO);
        world.referrer("left", "shop/back", signature, index, LONG_AGO);
        pushOne("shop/back", "2");
        world.policy("one", "left", "shop/back", 1, null, "plan-only");
        var plan = PlansApi.plan("one");
        assertThat(PlansApi.deleted(plan)).contains("left/shop/back:1");
        PlansApi.applyFully(plan);
        assertThat(Client.exists(registry, "shop/back:1")).isFalse();
        assertThat(Client.exists(
                        registry, "shop/back@" + index.children().getFirst().digest()))
                .isFalse();

        // When
        var execution = restore("left/shop/back:1").statusCode(202).extract().<String>path("id");

        // Then
        await().atMost(PlansApi.SOON)
                .untilAsserted(() -> World.asking()
                        .get("/api/v1/executions/" + execution)
                        .then()
                        .body("state", equalTo("succeeded")));
        assertThat(Client.pull(registry, "shop/back:1", registry.folder().resolve("pulled")))
                .isEmpty();
        assertThat(Client.exists(registry, "shop/back@" + signature.digest())).isTrue();
        restore("left/shop/back:1").statusCode(404).body("code", equalTo("not-found"));
        restore("left/shop/BACK:1").statusCode(400).body("code", equalTo("invalid-reference"));
    }

    @Test
    void keepsWhatWasTaggedAgainOrIsReferredToSinceThePlan() {
        // Given
        var images = push("shop/moving", 5);
        world.policy("two", "left", "shop/moving", 2, null, "plan-only");
        var plan = PlansApi.plan("two");
        assertThat(PlansApi.deleted(plan)).contains("left/shop/moving:1", "left/shop/moving:2", "left/shop/moving:3");

        // When
        var other = TestImages.image("moved on");
        TestPush.to(registry.uri()).image("shop/moving", "1", other);
        var index = TestImages.index(images.get(1), TestImages.image("for another platform"));
        TestPush.to(registry.uri()).image("shop/moving", "multi", index);
        world.pushed("left", "shop/moving", "multi", index, Instant.now());
        PlansApi.applyFully(plan);

        // Then
        PlansApi.get(plan)
                .body("items.find { it.reference == 'left/shop/moving:1' }.state", equalTo("kept"))
                .body("items.find { it.reference == 'left/shop/moving:1' }.code", equalTo("changed-since"))
                .body("items.find { it.reference == 'left/shop/moving:2' }.state", equalTo("kept"))
                .body("items.find { it.reference == 'left/shop/moving:3' }.state", equalTo("deleted"));
        assertThat(Client.tags(registry, "shop/moving"))
                .contains("1", "2", "4", "5", "multi")
                .doesNotContain("3");
        assertThat(Client.pull(registry, "shop/moving:multi", registry.folder().resolve("multi")))
                .isEmpty();
    }

    @Test
    void keepsAllWhileTheRegistryHasATagOfWhichNobodyTold() {
        // Given
        var images = push("shop/unheard", 3);
        world.policy("unheard", "left", "shop/unheard", 2, null, "plan-only");
        var plan = PlansApi.plan("unheard");
        assertThat(PlansApi.deleted(plan)).contains("left/shop/unheard:1");
        TestPush.to(registry.uri()).image("shop/unheard", "release", images.getFirst());

        // When
        PlansApi.applyFully(plan);

        // Then
        PlansApi.get(plan)
                .body("items.find { it.reference == 'left/shop/unheard:1' }.state", equalTo("kept"))
                .body("items.find { it.reference == 'left/shop/unheard:1' }.code", equalTo("changed-since"));
        assertThat(Client.exists(registry, "shop/unheard:release")).isTrue();
    }

    @Test
    void appliesByItselfWhatItsScheduleFinds() {
        // Given
        push("shop/nightly", 3);
        world.policy("nightly", "left", "shop/nightly", 1, "0 2 30 2 *", "apply");
        world.policy("nightly", "left", "shop/nightly", 1, "0 2 1 1 *", "apply");

        // When
        await().atMost(PlansApi.SOON)
                .until(() -> Database.execute(
                                "update timetable set next_at = now() where name = 'nightly' and schedule = '0 2 1 1 *'")
                        == 1);

        // Then
        await().atMost(PlansApi.SOON)
                .untilAsserted(() -> World.asking()
                        .get("/api/v1/retention-plans?policy=nightly")
                        .then()
                        .statusCode(200)
                        .body("items.size()", equalTo(1))
                        .body("items[0].state", equalTo("applied"))
                        .body("items[0].appliedBy", equalTo("service:retention-service"))
                        .body("items[0].deletions.deleted", equalTo(2)));
        assertThat(Client.tags(registry, "shop/nightly")).containsExactly("3");
    }

    private static ValidatableResponse restore(String reference) {
        return World.asking()
                .body("{\"reference\": \"%s\"}".formatted(reference))
                .post("/api/v1/restorations")
                .then();
    }

    private static void pushOne(String repository, String tag) {
        var image = TestImages.image(repository + " " + tag);
        TestPush.to(registry.uri()).image(repository, tag, image);
        world.pushed("left", repository, tag, image, LONG_AGO.plusSeconds(60));
    }

    private static List<TestImage> push(String repository, int count) {
        var images = new ArrayList<TestImage>();
        for (var number = 1; number <= count; number++) {
            var image = TestImages.image(repository + " " + number);
            var tag = Integer.toString(number);
            TestPush.to(registry.uri()).image(repository, tag, image);
            world.pushed("left", repository, tag, image, LONG_AGO.plusSeconds(number));
            images.add(image);
        }
        return images;
    }
}
