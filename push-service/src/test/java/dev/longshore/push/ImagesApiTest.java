package dev.longshore.push;

import static dev.longshore.push.Sight.authorized;
import static dev.longshore.push.Sight.images;
import static dev.longshore.push.Sight.inventory;
import static dev.longshore.testkit.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.longshore.events.DecisionEvent.Action;
import dev.longshore.events.DecisionEvent.ImageDecided;
import dev.longshore.events.Topic;
import dev.longshore.oci.Digest;
import dev.longshore.testkit.registry.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class ImagesApiTest {

    private static TestRegistry registry;

    @BeforeAll
    static void register() {
        registry = new TestRegistry("shown");
        registry.register();
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    @Test
    void showsTheDecisionAndPublishesAgain() {
        // Given
        var image = TestImages.image("decided");
        registry.push.image("decided/api", "1.0", image);
        eventually(() -> assertThat(inventory("shown/decided/api")).hasSize(2));

        // When
        World.OTHERS.tell(new ImageDecided(
                "default",
                "shown",
                "decided/api",
                Digest.parse(image.digest()),
                Action.BLOCK,
                List.of(),
                List.of(),
                Instant.now(),
                1));
        var execution = authorized()
                .post("/api/v1/inventory/republications")
                .then()
                .statusCode(202)
                .extract()
                .path("id")
                .toString();

        // Then
        eventually(() -> authorized()
                .queryParam("registry", "shown")
                .queryParam("repository", "decided/api")
                .get("/api/v1/images")
                .then()
                .body("items[0].reference", equalTo("shown/decided/api:1.0"))
                .body("items[0].decision.action", equalTo("block")));
        eventually(() -> {
            assertThat(inventory("shown/decided/api")).hasSize(4);
            authorized().get("/api/v1/executions/" + execution).then().body("state", equalTo("succeeded"));
        });
        eventually(() -> assertThat(World.OTHERS.messages(Topic.AUDIT, "admin"))
                .extracting(seen -> seen.data().path("action").asText())
                .contains("inventory.republished"));
    }

    @Test
    void saysWhichPartOfAReferenceIsWrong() {
        for (var wrong : List.of(
                List.of("shown/Shop/api:1.0", "/repository"),
                List.of("shown/shop/api:" + "a".repeat(129), "/tag"),
                List.of("shown/shop/api@md5:d41d8cd98f00b204e9800998ecf8427e", "/digest"),
                List.of("shown/shop/api", "/reference"),
                List.of("Shown/shop/api:1.0", "/registry"))) {
            authorized()
                    .queryParam("reference", wrong.getFirst())
                    .get("/api/v1/images")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-reference"))
                    .body("errors[0].pointer", equalTo(wrong.getLast()));
        }
    }

    @Test
    void searchesAndPagesThroughReferences() {
        // Given
        var image = TestImages.image("searched");
        for (var tag : List.of("one_1", "one_2", "oneX3")) {
            registry.push.image("searched/api", tag, image);
        }
        eventually(() -> assertThat(images("shown/searched/api")).hasSize(3));

        // Then
        var next = authorized()
                .queryParam("q", "HED/api:one_")
                .queryParam("limit", 1)
                .get("/api/v1/search")
                .then()
                .body("items.reference", contains("shown/searched/api:one_1"))
                .extract()
                .path("next")
                .toString();
        authorized()
                .queryParam("q", "HED/api:one_")
                .queryParam("cursor", next)
                .get("/api/v1/search")
                .then()
                .body("items.tag", contains("one_2"));
        authorized()
                .queryParam("repository", "searched/api")
                .get("/api/v1/images")
                .then()
                .body("items[0].tags", containsInAnyOrder("one_1", "one_2", "oneX3"));
        authorized().get("/api/v1/search").then().statusCode(400).body("code", equalTo("invalid-request"));
        given().get("/q/metrics")
                .then()
                .body(org.hamcrest.Matchers.containsString("longshore_push_known_seconds_bucket"));
    }

    @Test
    void recordsSubjectsAndTheirFallbackTags() {
        // Given
        var subject = TestImages.image("subject");
        var referrer = TestImages.referrer(subject, "application/vnd.example.sbom", "{}");

        // When
        registry.push.image("subject/api", "1.0", subject);
        registry.push.image("subject/api", subject.digest().replace(':', '-'), referrer);

        // Then
        eventually(() -> authorized()
                .queryParam("reference", "shown/subject/api:1.0")
                .get("/api/v1/images")
                .then()
                .statusCode(200)
                .body("items[0].referrers", equalTo(1)));
        authorized()
                .queryParam("repository", "subject/api")
                .get("/api/v1/images")
                .then()
                .body("items.subject", hasItem(subject.digest()))
                .body("items.artifactType", hasItem("application/vnd.example.sbom"));
    }
}
