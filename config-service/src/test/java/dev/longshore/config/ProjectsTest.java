package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Api.Answer;
import dev.longshore.config.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProjectsTest {

    private static final String REGISTRY =
            "{'vendor': 'distribution', 'url': 'https://registry.example:5000', 'project': '%s'}";

    @BeforeAll
    static void twoProjects() {
        for (var name : List.of("alpha", "beta")) {
            assertThat(Api.put("projects/" + name, "{'members': [{'user': 'mia', 'role': 'operator'}]}")
                            .status())
                    .isIn(200, 201);
            assertThat(Api.put("registries/" + name + "-registry", REGISTRY.formatted(name))
                            .status())
                    .isIn(200, 201);
        }
    }

    @Test
    void aProjectIsShownAsItWasGiven() {
        var answer = Api.put("projects/gamma", """
                {'description': 'Third', 'members': [{'user': 'mia', 'role': 'operator'},
                 {'group': 'all of us', 'role': 'viewer'}, {'serviceAccount': 'ci', 'role': 'developer'}]}""");

        assertThat(answer.status()).isEqualTo(201);
        var shown = Api.get("projects/gamma").json();
        assertThat(shown.path("project").asText()).isEqualTo("gamma");
        assertThat(shown.path("members").toString())
                .isEqualTo("[{\"user\":\"mia\",\"role\":\"operator\"},{\"group\":\"all of us\",\"role\":\"viewer\"},"
                        + "{\"serviceAccount\":\"ci\",\"role\":\"developer\"}]");
        assertThat(Api.put("projects/gamma", shown.toString()).status()).isEqualTo(200);
        assertThat(Api.delete("projects/gamma").status()).isEqualTo(204);
    }

    @Test
    void aMemberIsOneThingWithARoleThatThereIs() {
        assertThat(Api.put("projects/wrong", "{'members': [{'user': 'mia', 'group': 'x', 'role': 'viewer'}]}")
                        .pointer())
                .isEqualTo("/members/0/user");
        assertThat(Api.put("projects/wrong", "{'members': [{'user': 'mia', 'role': 'king'}]}")
                        .pointer())
                .isEqualTo("/members/0/role");
        assertThat(Api.put("projects/wrong", "{'members': [{'user': 'mia'}]}").pointer())
                .isEqualTo("/members/0/role");
        assertThat(Api.put("projects/wrong", "{'project': 'other'}").pointer()).isEqualTo("/project");
    }

    @Test
    void aMemberSeesItsOwnProjectOnly() {
        var listed = Api.asMember("alpha", "GET", "registries?limit=500", "");

        assertThat(names(listed)).containsExactly("alpha-registry");
        assertThat(names(Api.asMember("alpha", "GET", "projects", ""))).containsExactly("alpha");
        assertThat(Api.asMember("alpha", "GET", "registries/alpha-registry", "").status())
                .isEqualTo(200);
        var hidden = Api.asMember("alpha", "GET", "registries/beta-registry", "");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text())
                .isEqualToIgnoringWhitespace(Api.asMember("alpha", "GET", "registries/none-registry", "")
                        .text()
                        .replace("none-registry", "beta-registry"));
    }

    @Test
    void whatIsHiddenIsNotChangedEither() {
        var body = REGISTRY.formatted("alpha");

        assertThat(Api.asMember("alpha", "PUT", "registries/beta-registry", body)
                        .status())
                .isEqualTo(404);
        assertThat(Api.asMember("alpha", "DELETE", "registries/beta-registry", "")
                        .status())
                .isEqualTo(404);
        assertThat(Api.asMember("alpha", "POST", "registries/beta-registry/diagnoses", "")
                        .status())
                .isEqualTo(404);
        assertThat(Api.asMember("alpha", "PUT", "projects/beta", "{}").status()).isEqualTo(404);
        assertThat(Api.get("registries/beta-registry").json().path("project").asText())
                .isEqualTo("beta");
    }

    @Test
    void whatIsSeenMayStillNotBeChanged() {
        var refused = Api.asWatcher("alpha", "DELETE", "registries/alpha-registry", "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("forbidden");
        assertThat(Api.asWatcher("alpha", "PUT", "registries/alpha-registry", REGISTRY.formatted("alpha"))
                        .status())
                .isEqualTo(403);
        assertThat(Api.asWatcher("alpha", "PUT", "scan-policies/new-one", "{'project': 'alpha'}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void nothingIsPutIntoAProjectThatIsNotThereOrNotSeen() {
        var unknown = Api.put("scan-policies/lost", "{'project': 'nowhere'}");
        var hidden = Api.asMember("alpha", "PUT", "scan-policies/lost", "{'project': 'beta'}");

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.pointer()).isEqualTo("/project");
        assertThat(hidden.status()).isEqualTo(400);
        assertThat(hidden.text().replace("beta", "nowhere")).isEqualTo(unknown.text());
        assertThat(Api.asMember("alpha", "PUT", "registries/alpha-registry", REGISTRY.formatted("beta"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRuleAcrossProjectsTakesBoth() {
        var rule = """
                {'project': 'alpha', 'source': {'registry': 'beta-registry'},
                 'target': {'registry': 'alpha-registry', 'repository': 'mirror/{repository}'}}""";

        var refused = Api.asMember("alpha", "PUT", "replication-rules/across", rule);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().toString()).contains("There is no registry named 'beta-registry'");
        assertThat(Api.put("replication-rules/across", rule).status()).isIn(200, 201);
        assertThat(Api.delete("replication-rules/across").status()).isEqualTo(204);
    }

    @Test
    void theWholeHouseIsForThoseWhoHoldARoleInIt() {
        var freeze = "{'reason': 'Release weekend'}";

        assertThat(Api.asMember("alpha", "PUT", "freezes/installation", freeze).status())
                .isEqualTo(403);
        assertThat(Api.asMember("alpha", "PUT", "freezes/project:alpha", freeze).status())
                .isIn(200, 201);
        assertThat(Api.asMember("alpha", "PUT", "freezes/registry:alpha-registry", freeze)
                        .status())
                .isIn(200, 201);
        assertThat(Api.asMember("alpha", "PUT", "freezes/registry:beta-registry", freeze)
                        .status())
                .isIn(400, 404);
        assertThat(names(Api.asMember("alpha", "GET", "freezes", "")))
                .containsExactly("project:alpha", "registry:alpha-registry");
        assertThat(names(Api.asMember("beta", "GET", "freezes", ""))).isEmpty();
        assertThat(Api.asMember("alpha", "DELETE", "freezes/project:alpha", "").status())
                .isEqualTo(204);
        assertThat(Api.delete("freezes/registry:alpha-registry").status()).isEqualTo(204);
        var inside = REGISTRY.formatted("alpha").replace("}", ", 'allowPrivateAddresses': true}");
        assertThat(Api.asMember("alpha", "PUT", "registries/alpha-registry", inside)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aProjectGoesWhenNothingBelongsToItAnyMore() {
        assertThat(Api.put("projects/short", "{}").status()).isEqualTo(201);
        assertThat(Api.put("scan-policies/short-policy", "{'project': 'short'}").status())
                .isEqualTo(201);

        var refused = Api.delete("projects/short");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("scan-policy/short-policy");
        assertThat(Api.delete("scan-policies/short-policy").status()).isEqualTo(204);
        assertThat(Api.delete("projects/short").status()).isEqualTo(204);
    }

    private static List<String> names(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .map((JsonNode item) -> item.path("name").asText())
                .toList();
    }
}
