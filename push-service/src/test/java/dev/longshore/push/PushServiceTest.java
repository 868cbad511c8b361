package dev.longshore.push;

import static dev.longshore.push.Sight.PUSHED;
import static dev.longshore.push.Sight.authorized;
import static dev.longshore.push.Sight.images;
import static dev.longshore.push.Sight.inventory;
import static dev.longshore.push.Sight.lastOf;
import static dev.longshore.testkit.Eventually.eventually;
import static dev.longshore.testkit.Eventually.eventuallyTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.topic.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class PushServiceTest {

    private static TestRegistry left;

    @BeforeAll
    static void register() {
        left = new TestRegistry("left");
        left.register();
    }

    @AfterAll
    static void close() {
        left.close();
    }

    @Test
    void knowsAnIndexWithItsChildrenOnceItIsPushed() {
        // Given
        var index = TestImages.index("known");

        // When
        left.push.image("known/api", "1.0", index);

        // Then
        eventually(() -> {
            assertThat(images("left/known/api"))
                    .extracting(seen -> seen.data().path("digest").asText())
                    .containsExactlyInAnyOrder(
                            index.children().get(0).digest(),
                            index.children().get(1).digest(),
                            index.digest());
            assertThat(images("left/known/api").getLast().data().path("tag").asText())
                    .isEqualTo("1.0");
            assertThat(inventory("left/known/api")).hasSize(4);
        });
        assertThat(Rows.of("select platforms from manifest where id = ?", "left/known/api@" + index.digest()))
                .containsExactly(
                        "[{\"architecture\":\"amd64\",\"os\":\"linux\"},{\"architecture\":\"arm64\",\"os\":\"linux\"}]");
        assertThat(Rows.of("select digest from tag where id = ?", "left/known/api:1.0"))
                .containsExactly(index.digest());
        authorized()
                .queryParam("reference", "left/known/api:1.0")
                .get("/api/v1/images")
                .then()
                .statusCode(200)
                .body("items[0].reference", equalTo("left/known/api:1.0"))
                .body("items[0].digest", equalTo(index.digest()))
                .body("items[0].platforms", contains("linux/amd64", "linux/arm64"))
                .body("items[0].size", greaterThan(0))
                .body("items[0].children.missing", contains(false, false));
    }

    @Test
    void tellsOfThePushOfTheSameAgainButNotOfTheSameNotificationAgain() {
        // Given
        var image = TestImages.image("again");
        left.push.image("again/api", "1.0", image);
        eventually(() -> assertThat(images("left/again/api")).hasSize(1));

        // When
        left.intake.received.stream()
                .filter(webhook -> webhook.body().contains("again/api"))
                .forEach(World.OTHERS::tell);
        left.push.manifest("again/api", "1.0", image.manifest());
        left.push.manifest("again/api", "2.0", image.manifest());

        // Then
        eventually(() -> assertThat(images("left/again/api"))
                .extracting(seen -> seen.data().path("tag").asText())
                .containsExactly("1.0", "1.0", "2.0"));
        eventually(() -> assertThat(Rows.of("select state from hint where repository = 'again/api'"))
                .containsOnly("done"));
        assertThat(images("left/again/api")).hasSize(3);
    }

    @Test
    void forgetsWhatWasDeleted() {
        // Given
        var image = TestImages.image("deleted");
        left.push.image("deleted/api", "1.0", image);
        left.push.image("deleted/api", "2.0", image);
        eventually(() -> assertThat(images("left/deleted/api")).hasSize(2));

        // When
        left.delete("deleted/api", image.digest());

        // Then
        eventually(() -> {
            assertThat(images("left/deleted/api"))
                    .extracting(Message::type)
                    .containsExactlyInAnyOrder(
                            PUSHED,
                            PUSHED,
                            "dev.longshore.tag.deleted.v1",
                            "dev.longshore.tag.deleted.v1",
                            "dev.longshore.image.deleted.v1");
            assertThat(inventory("left/deleted/api").stream()
                            .filter(seen -> seen.type().isEmpty()))
                    .hasSize(3);
        });
        assertThat(Rows.of("select id from manifest where repository = 'deleted/api'"))
                .isEmpty();
        authorized()
                .queryParam("reference", "left/deleted/api:1.0")
                .get("/api/v1/images")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-found"));
    }

    @Test
    void writesPullsOfOthersAndNotItsOwn() {
        // Given
        var image = TestImages.image("pulled");
        left.push.image("pulled/api", "1.0", image);
        eventually(() -> assertThat(images("left/pulled/api")).hasSize(1));

        // When
        left.pull("pulled/api", "1.0", "longshore/test");
        left.pull("pulled/api", "1.0", "docker/29");
        left.pull("pulled/api", "1.0", "docker/29");

        // Then
        eventually(() -> {
            assertThat(images("left/pulled/api"))
                    .extracting(Message::type)
                    .containsExactly(PUSHED, "dev.longshore.image.pulled.v1");
            assertThat(Rows.of("""
                            select sum(pulls) || ' of others, ' || sum(ignored) || ' of ours' from delivery_outcome
                            where delivery in (select unnest(string_to_array(?, ',')))""", String.join(",", deliveries("\"pull\"", "pulled/api"))))
                    .containsExactly("2 of others, 2 of ours");
        });
        assertThat(Rows.of("select id from tag where repository = 'pulled/api' and last_pulled_at is not null"))
                .hasSize(1);
        eventually(() -> assertThat(World.OTHERS.messages(Topic.INVENTORY, "left/pulled/api"))
                .filteredOn(seen -> seen.data().has("lastPulledAt"))
                .extracting(Message::key)
                .containsExactlyInAnyOrder("tag/left/pulled/api:1.0", "manifest/left/pulled/api@" + image.digest()));
    }

    @Test
    void readsLaterWhatItCannotReadNow() {
        // Given
        var registry = new TestRegistry("away");
        try (registry) {
            registry.register();
            registry.intake.beSilent(true);
            registry.push.image("shop/api", "1.0", TestImages.image("away"));
            registry.process.stop();

            // When
            eventuallyTrue(() -> !pushOf(registry).isEmpty());
            pushOf(registry).forEach(World.OTHERS::tell);
            eventually(() -> assertThat(
                            Rows.of("select error_code from task where lane = 'away/shop/api' and attempt > 0"))
                    .containsExactly("registry-unreachable"));
            registry.process.start();

            // Then
            eventually(() -> assertThat(images("away/shop/api")).hasSize(1));
            authorized()
                    .queryParam("delivery", pushOf(registry).getFirst().delivery())
                    .get("/api/v1/delivery-outcomes")
                    .then()
                    .body("items[0].state", equalTo("done"))
                    .body("items[0].readings.done", equalTo(1));
        }
    }

    @Test
    void losesNothingWhileTheDatabaseIsAway() {
        // Given
        Infra.LOCAL.stopPostgres();

        // When
        try {
            left.push.image("outage/api", "1.0", TestImages.image("outage"));
        } finally {
            Infra.LOCAL.startPostgres();
        }

        // Then
        eventually(() -> assertThat(images("left/outage/api")).hasSize(1));
    }

    @Test
    void findsByListingWhatWasNotAnnounced() {
        // Given
        try (var registry = new TestRegistry("lossy")) {
            registry.intake.beSilent(true);
            var image = TestImages.image("lossy");
            registry.push.image("shop/api", "1.0", image);

            // When
            registry.register(Duration.ofSeconds(1));

            // Then
            eventually(() -> assertThat(images("lossy/shop/api")).hasSize(1));
            registry.delete("shop/api", image.digest());
            eventually(() -> assertThat(images("lossy/shop/api"))
                    .extracting(Message::type)
                    .containsExactly(PUSHED, "dev.longshore.tag.deleted.v1", "dev.longshore.image.deleted.v1"));
        }
    }

    @Test
    void forgetsTheImagesOfARegistryThatWasRemovedAndTellsOfNoDeletion() {
        // Given
        try (var registry = new TestRegistry("leaving")) {
            registry.register();
            registry.push.image("shop/api", "1.0", TestImages.image("leaving"));
            eventually(() -> assertThat(inventory("leaving/shop/api")).hasSize(2));

            // When
            World.OTHERS.forget(Topic.CONFIG, "registry/leaving");

            // Then
            eventually(() -> {
                assertThat(inventory("leaving/shop/api")).hasSize(4);
                assertThat(lastOf("leaving/shop/api"))
                        .extracting(Message::value)
                        .containsExactly("", "");
            });
            assertThat(images("leaving/shop/api")).extracting(Message::type).containsExactly(PUSHED);
            assertThat(Rows.of("select id from manifest where registry = 'leaving'"))
                    .isEmpty();
        }
    }

    @Test
    void putsNotificationsOfAnUnknownVendorWithTheDeadLetters() {
        // Given
        var webhook = Intake.webhook("left", "soothsayer", "{\"unknown\":\"vendor\"}");

        // When
        World.OTHERS.tell(webhook);

        // Then
        eventually(() -> assertThat(World.OTHERS.deadLetters(Topic.WEBHOOKS, "push-service"))
                .anyMatch(text -> text.contains("soothsayer")));
        authorized()
                .queryParam("delivery", webhook.delivery())
                .get("/api/v1/delivery-outcomes")
                .then()
                .body("items[0].state", equalTo("rejected"))
                .body(
                        "items[0].reasons[0]",
                        equalTo("Nobody here understands the notifications of the vendor 'soothsayer'"));
    }

    private static List<WebhookReceived> pushOf(TestRegistry registry) {
        return registry.intake.received.stream()
                .filter(webhook -> webhook.body().contains("\"tag\""))
                .toList();
    }

    private static List<String> deliveries(String... parts) {
        return left.intake.received.stream()
                .filter(webhook -> List.of(parts).stream().allMatch(webhook.body()::contains))
                .filter(webhook -> webhook.body().contains("manifest"))
                .map(webhook -> webhook.delivery())
                .toList();
    }
}
