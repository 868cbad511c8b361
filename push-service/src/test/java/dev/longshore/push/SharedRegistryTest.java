package dev.longshore.push;

import static dev.longshore.push.Sight.images;
import static dev.longshore.push.Sight.inventory;
import static dev.longshore.push.Sight.lastOf;
import static dev.longshore.testkit.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.Topic;
import dev.longshore.testkit.registry.TestImages;
import dev.longshore.testkit.topic.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Repositories of one registry belong to the projects that claim them. */
@QuarkusTest
@QuarkusTestResource(Infra.class)
class SharedRegistryTest {

    private static TestRegistry shared;

    @BeforeAll
    static void register() {
        shared = new TestRegistry("shared");
        shared.register();
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Test
    void whatIsPushedToAClaimedRepositoryIsTheClaimingProjects() {
        // Given
        World.OTHERS.claim("team-a", "shared", "team-a/**");
        eventually(() -> assertThat(claimsOf("team-a")).containsExactly("team-a/**"));

        // When
        shared.push.image("team-a/api", "1.0", TestImages.index("claimed"));
        shared.push.image("team-a2/api", "1.0", TestImages.image("unclaimed"));

        // Then
        eventually(() -> {
            assertThat(images("shared/team-a/api")).hasSize(3);
            assertThat(images("shared/team-a2/api")).hasSize(1);
            assertThat(inventory("shared/team-a/api")).hasSize(4);
        });
        assertThat(projects(images("shared/team-a/api"))).containsOnly("team-a");
        assertThat(projects(inventory("shared/team-a/api"))).containsOnly("team-a");
        assertThat(projects(images("shared/team-a2/api"))).containsOnly("default");
        assertThat(list("team-a", "team-a/api").jsonPath().getList("items")).hasSize(3);
        assertThat(list("team-a", "team-a2/api").jsonPath().getList("items")).isEmpty();
        assertThat(list("default", "team-a/api").jsonPath().getList("items")).isEmpty();
        assertThat(found("team-a", "shared/team-a/api:1.0")).isEqualTo(200);
        assertThat(found("team-a", "shared/team-a2/api:1.0")).isEqualTo(404);
        assertThat(searched("team-a", "shared/team-a")).containsExactly("shared/team-a/api:1.0");
    }

    @Test
    void whatIsKnownIsToldAgainWhenTheClaimsChange() {
        // Given
        shared.push.image("moving/api", "1.0", TestImages.index("moving"));
        eventually(() -> assertThat(inventory("shared/moving/api")).hasSize(4));
        assertThat(projects(inventory("shared/moving/api"))).containsOnly("default");

        // When
        World.OTHERS.claim("team-m", "shared", "moving/**");

        // Then
        eventually(() -> assertThat(projects(lastOf("shared/moving/api")))
                .containsExactly("team-m", "team-m", "team-m", "team-m"));
        assertThat(generationsGrow("shared/moving/api")).isTrue();
        assertThat(found("team-m", "shared/moving/api:1.0")).isEqualTo(200);
        assertThat(found("default", "shared/moving/api:1.0")).isEqualTo(404);

        // When
        World.OTHERS.claim("team-n", "shared", "moving/api");
        eventually(() -> assertThat(projects(lastOf("shared/moving/api"))).containsOnly("team-n"));
        World.OTHERS.forget(Topic.CONFIG, Kind.PROJECT.key("team-n"));
        eventually(() -> assertThat(projects(lastOf("shared/moving/api"))).containsOnly("team-m"));
        World.OTHERS.claim("team-m", "shared");

        // Then
        eventually(() -> assertThat(projects(lastOf("shared/moving/api"))).containsOnly("default"));
        assertThat(images("shared/moving/api")).as("nothing was pushed again").hasSize(3);
    }

    @Test
    void whatARegistryHoldsMovesWithItButForWhatIsClaimed() {
        try (var registry = new TestRegistry("handed-over")) {
            // Given
            registry.register();
            World.OTHERS.claim("team-h", "handed-over", "team-h/**");
            registry.push.image("shop/api", "1.0", TestImages.image("handed over"));
            registry.push.image("team-h/api", "1.0", TestImages.image("kept"));
            eventually(() -> {
                assertThat(inventory("handed-over/shop/api")).hasSize(2);
                assertThat(projects(lastOf("handed-over/team-h/api"))).containsExactly("team-h", "team-h");
            });

            // When
            registry.move("heirs");

            // Then
            eventually(
                    () -> assertThat(projects(lastOf("handed-over/shop/api"))).containsExactly("heirs", "heirs"));
            assertThat(projects(lastOf("handed-over/team-h/api"))).containsExactly("team-h", "team-h");
        }
    }

    @Test
    void aCheckpointIsPushedByWhoseTheRepositoryIs() {
        World.OTHERS.claim("team-c", "shared", "team-c/**");
        eventually(() -> assertThat(claimsOf("team-c")).containsExactly("team-c/**"));

        assertThat(uploaded("team-c", "team-b/cp")).isEqualTo(404);
        assertThat(uploaded("default", "team-c/cp")).isEqualTo(404);
        assertThat(uploaded("team-c", "team-c/cp")).isEqualTo(202);
        assertThat(Rows.of("select project from checkpoint where repository = 'team-c/cp'"))
                .containsExactly("team-c");
    }

    private static List<String> claimsOf(String project) {
        return Rows.of("select pattern from repository_claim where project = ?", project);
    }

    private static Response list(String project, String repository) {
        return as(project)
                .queryParam("registry", "shared")
                .queryParam("repository", repository)
                .get("/api/v1/images");
    }

    private static int found(String project, String reference) {
        return as(project)
                .queryParam("reference", reference)
                .get("/api/v1/images")
                .statusCode();
    }

    private static List<String> searched(String project, String text) {
        return as(project)
                .queryParam("q", text)
                .get("/api/v1/search")
                .jsonPath()
                .getList("items.reference");
    }

    private static int uploaded(String project, String repository) {
        return as(project)
                .multiPart("registry", "shared")
                .multiPart("repository", repository)
                .multiPart("archive", "checkpoint.tar", new byte[] {1, 2, 3})
                .post("/api/v1/checkpoints")
                .statusCode();
    }

    private static io.restassured.specification.RequestSpecification as(String project) {
        return given().header("Authorization", "Bearer " + Infra.memberToken(project));
    }

    private static List<String> projects(List<Message> seen) {
        return seen.stream().map(each -> each.data().path("project").asText()).toList();
    }

    private static boolean generationsGrow(String keyPart) {
        var last = new java.util.HashMap<String, Long>();
        return inventory(keyPart).stream().allMatch(seen -> {
            var generation = seen.data().path("generation").asLong();
            var before = last.put(seen.key(), generation);
            return before == null || before < generation;
        });
    }
}
