package dev.longshore.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.longshore.events.RetentionEvent;
import dev.longshore.events.RetentionEvent.RetentionFailed;
import dev.longshore.events.Topic;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.registry.TestPush;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans that are not applied, and deletes that are not done. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class RefusalsTest {

    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(30));

    private static ScriptedRegistry odd;
    private static World world;

    @BeforeAll
    static void start() {
        odd = ScriptedRegistry.start();
        world = new World();
        world.registry("odd", odd.uri(), "enforce");
    }

    @AfterEach
    void behave() {
        odd.behave();
        odd.forgetRequests();
    }

    @AfterAll
    static void stop() {
        world.close();
        odd.close();
    }

    @Test
    void saysBeforehandThatTheRegistryDoesNotDelete() {
        try (var closed =
                RegistryProcess.of(Kind.DISTRIBUTION_2).withoutDeletes().start()) {
            // Given
            world.registry("open-once", closed.uri(), "enforce");
            world.policy("closed", "open-once", "lab/closed", 1, null, "plan-only");
            for (var tag : new String[] {"1", "2"}) {
                var image = TestImages.image("closed " + tag);
                TestPush.to(closed.uri()).image("lab/closed", tag, image);
                world.pushed("open-once", "lab/closed", tag, image, LONG_AGO.plusSeconds(Integer.parseInt(tag)));
            }

            // When
            var plan = PlansApi.plan("closed");

            // Then
            assertThat(PlansApi.deleted(plan)).isEmpty();
            PlansApi.get(plan)
                    .body(
                            "items.find { it.reference == 'open-once/lab/closed:1' }.reasons.code.flatten().toString()",
                            containsString("registry-cannot-delete"));
            assertThat(closed.accessLog("DELETE", "/v2/lab/closed/manifests/"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\" 405 "));
        }
    }

    @Test
    void saysWhenApplyingThatDeletesWereSwitchedOff() {
        var plan = plan("off", "lab/off");
        odd.answer(
                "DELETE",
                ".*",
                ScriptedRegistry.ALWAYS,
                Reply.error(405, "UNSUPPORTED", "The operation is unsupported."));

        PlansApi.refused(plan, 409, "deletes-unsupported").body("detail", containsString("405"));

        PlansApi.get(plan).body("state", equalTo("planned"));
    }

    @Test
    void findsOutARegistryThatAcceptsADeleteAndKeepsTheImage() {
        var plan = plan("keeper", "lab/keeper");
        odd.answer("DELETE", ".*", ScriptedRegistry.ALWAYS, Reply.of(202));

        PlansApi.applyFully(plan);

        PlansApi.get(plan)
                .body("items.find { it.reference == 'odd/lab/keeper:1' }.state", equalTo("failed"))
                .body("items.find { it.reference == 'odd/lab/keeper:1' }.code", equalTo("not-deleted"));
        await().atMost(PlansApi.SOON)
                .untilAsserted(() -> assertThat(world.said(Topic.RETENTIONS, RetentionEvent.class))
                        .filteredOn(RetentionFailed.class::isInstance)
                        .map(RetentionFailed.class::cast)
                        .filteredOn(fact -> fact.planId().equals(plan))
                        .singleElement()
                        .satisfies(fact -> assertThat(fact.code()).isEqualTo("not-deleted")));
    }

    @Test
    void refusesAPlanOfAnotherVersionOfThePolicy() {
        var plan = plan("changed", "lab/changed");

        world.policy("changed", "odd", "lab/changed", 5, null, "plan-only");

        await().atMost(PlansApi.SOON)
                .untilAsserted(() ->
                        assertThat(PlansApi.deleted(PlansApi.plan("changed"))).isEmpty());
        PlansApi.refused(plan, 409, "plan-outdated");
    }

    @Test
    void refusesAPlanThatHasAged() {
        var plan = plan("aged", "lab/aged");
        Database.execute("update plan set created_at = now() - interval '25 hours' where id = '%s'".formatted(plan));

        PlansApi.refused(plan, 409, "plan-aged");
    }

    @Test
    void refusesAPlanOfAnInventoryThatIsNotKnownYet() {
        var plan = plan("newer", "lab/newer");
        Database.execute("update plan set known_to = '{\"0\": 1000000}' where id = '%s'".formatted(plan));

        PlansApi.refused(plan, 503, "projection-behind");
    }

    @Test
    void deletesNothingWhereAFreezeStandsOrOnlyObservingIsAllowed() {
        var plan = plan("frozen", "lab/frozen");
        world.freeze("registry:odd");
        try {
            await().atMost(PlansApi.SOON).untilAsserted(() -> PlansApi.refused(plan, 409, "frozen"));
        } finally {
            world.thaw("registry:odd");
        }
        world.registry("odd", odd.uri(), "observe");
        try {
            await().atMost(PlansApi.SOON).untilAsserted(() -> PlansApi.refused(plan, 409, "observe-mode"));
        } finally {
            world.registry("odd", odd.uri(), "enforce");
        }
        assertThat(odd.requests(
                        "DELETE",
                        "/v2/lab/frozen/manifests/"
                                + TestImages.image("lab/frozen 1").digest()))
                .isEmpty();
        await().atMost(PlansApi.SOON).ignoreExceptions().untilAsserted(() -> PlansApi.apply(plan));
        PlansApi.awaitState(plan, "applied");
        PlansApi.get(plan).body("deletions.deleted", equalTo(1));
    }

    @Test
    void saysWhatThereIsNot() {
        World.asking().get("/api/v1/retention-plans/ret-nothing").then().statusCode(404);
        World.asking().post("/api/v1/retention-policies/nothing/plans").then().statusCode(404);
        World.asking()
                .get("/api/v1/retention-plans/ret-nothing?verdict=maybe")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"));
        World.asking()
                .body("{\"image\": \"odd/lab/x:1\"}")
                .post("/api/v1/restorations")
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-field"));
    }

    /** Of two images, of which the older would go. */
    private static String plan(String policy, String repository) {
        for (var tag : new String[] {"1", "2"}) {
            var image = TestImages.image(repository + " " + tag);
            odd.hold(repository, tag, image);
            world.pushed("odd", repository, tag, image, LONG_AGO.plusSeconds(Integer.parseInt(tag)));
        }
        world.policy(policy, "odd", repository, 1, null, "plan-only");
        var plan = PlansApi.plan(policy);
        assertThat(PlansApi.deleted(plan)).containsExactly("odd/%s:1".formatted(repository));
        return plan;
    }
}
