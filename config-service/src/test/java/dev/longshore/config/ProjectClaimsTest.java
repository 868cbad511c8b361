package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Api.Answer;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.config.suite.Topics;
import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Projects claim repositories of registries that are not theirs. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProjectClaimsTest {

    private static final String CLAIM = "{'repositories': [{'registry': 'house', 'repositories': [%s]}]}";

    @BeforeAll
    static void aRegistryOfTheHouse() {
        assertThat(Api.put("projects/landlord", "{}").status()).isIn(200, 201);
        assertThat(Api.put(
                                "registries/house",
                                "{'vendor': 'distribution', 'url': 'https://house.example:5000', 'project': 'landlord'}")
                        .status())
                .isIn(200, 201);
    }

    @Test
    void claimsAreShownAsTheyWereGivenAndPublished() {
        var answer = claim("tenant", "'tenant/**', 'charts/tenant'");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Api.get("projects/tenant").json().path("repositories").toString())
                .isEqualTo("[{\"registry\":\"house\",\"repositories\":[\"tenant/**\",\"charts/tenant\"]}]");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Topics.config("project/tenant")).isNotEmpty());
        assertThat(Topics.last(Topics.config("project/tenant"), ProjectConfigured.class)
                        .repositories())
                .containsExactly(new ClaimedRepositories("house", List.of("tenant/**", "charts/tenant")));
        assertThat(claim("tenant", "'tenant/**', 'charts/tenant'").status()).isEqualTo(200);
        free("tenant");
    }

    @Test
    void twoProjectsDoNotClaimTheSame() {
        assertThat(claim("first", "'both/**'").status()).isEqualTo(201);

        var refused = claim("second", "'second/**', 'both/**'");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("repositories-claimed");
        assertThat(refused.json().path("detail").asText()).contains("'first'").contains("both/**");
        assertThat(Api.get("projects/second").status()).isEqualTo(404);
        assertThat(claim("second", "'both/second/**'").status()).isEqualTo(201);
        free("first", "second");
    }

    @Test
    void ofTwoWhoClaimTheSameAtOnceOneIsRefused() {
        var names = IntStream.range(0, 6).mapToObj(each -> "racer-" + each).toList();

        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            names.forEach(name ->
                    threads.execute(() -> statuses.add(claim(name, "'race/**'").status())));
        }

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(names.size() - 1);
        names.stream()
                .filter(name -> Api.get("projects/" + name).status() == 200)
                .forEach(ProjectClaimsTest::free);
    }

    @Test
    void aRegistryThatIsNotThereIsNotClaimed() {
        var refused = Api.put(
                "projects/lost",
                "{'repositories': [{'registry': 'house', 'repositories': ['x/**']}, {'registry': 'no-house', 'repositories': ['**']}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.pointer()).isEqualTo("/repositories/1/registry");
        assertThat(Api.put("projects/lost", "{'repositories': [{'registry': 'house', 'repositories': []}]}")
                        .pointer())
                .isEqualTo("/repositories/0/repositories");
        assertThat(Api.put("projects/lost", "{'repositories': [{'registry': 'house', 'repositories': ['A B']}]}")
                        .pointer())
                .isEqualTo("/repositories/0/repositories/0");
    }

    @Test
    void onlyTheWholeHousesAdministratorsClaimAndTheProjectsOwnKeepWhatItHas() {
        assertThat(claim("guest", "'guest/**'").status()).isEqualTo(201);

        var more = Api.asMember("guest", "PUT", "projects/guest", CLAIM.formatted("'guest/**', 'more/**'"));
        var ofNone = Api.asMember(
                "guest",
                "PUT",
                "projects/guest",
                "{'repositories': [{'registry': 'no-house', 'repositories': ['**']}]}");
        var same = Api.asMember(
                "guest",
                "PUT",
                "projects/guest",
                CLAIM.formatted("'guest/**'").replaceFirst("\\{", "{'description': 'Ours', "));

        assertThat(more.status()).isEqualTo(403);
        assertThat(ofNone.status())
                .as("says nothing of registries that one does not see")
                .isEqualTo(403);
        assertThat(same.status()).isEqualTo(200);
        assertThat(Api.get("projects/guest").json().path("description").asText())
                .isEqualTo("Ours");
        free("guest");
    }

    @Test
    void whatIsClaimedKeepsProjectAndRegistry() {
        assertThat(claim("holder", "'held/**'").status()).isEqualTo(201);

        var project = Api.delete("projects/holder");
        var registry = Api.delete("registries/house");

        assertThat(project.status()).isEqualTo(409);
        assertThat(project.json().path("detail").asText()).contains("registry/house/held/**");
        assertThat(registry.status()).isEqualTo(409);
        assertThat(registry.json().path("detail").asText()).contains("holder");
        free("holder");
    }

    private static Answer claim(String project, String patterns) {
        return Api.put("projects/" + project, CLAIM.formatted(patterns));
    }

    private static void free(String... projects) {
        for (var project : List.of(projects)) {
            assertThat(Api.put("projects/" + project, "{}").status()).isEqualTo(200);
            assertThat(Api.delete("projects/" + project).status()).isEqualTo(204);
        }
    }
}
