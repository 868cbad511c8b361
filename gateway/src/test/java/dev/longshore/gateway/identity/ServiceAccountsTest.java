package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ServiceAccountsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    Database database;

    private final Api admin = Api.signedIn();
    private final String name = "ci-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);
    private final String path = "/api/v1/service-accounts/" + name;

    @Test
    void makesShowsChangesAndRemovesAnAccount() {
        var made = admin.put(path, "{\"project\":\"shop\",\"roles\":{\"shop\":[\"developer\"]}}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(admin.get(path))).isEqualTo(json(made));
        assertThat(admin.get("/api/v1/service-accounts?limit=200").body()).contains(name);

        assertThat(admin.put(path, "{\"project\":\"shop\"}", "If-Match", "\"7\"")
                        .statusCode())
                .isEqualTo(412);
        var changed = admin.put(path, "{\"project\":\"shop\"}", "If-Match", "\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).path("roles")).isEmpty();

        assertThat(admin.delete(path).statusCode()).isEqualTo(204);
        assertThat(admin.get(path).statusCode()).isEqualTo(404);
        assertThat(database.audited("service-account.created", "service-accounts/" + name))
                .hasSize(1);
        assertThat(database.audited("service-account.deleted", "service-accounts/" + name))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"roles\":{\"shop\":[\"god\"]}} | /roles",
                "{\"roles\":{\"Shop!\":[\"viewer\"]}} | /roles",
                "{\"project\":\"../x\"} | /project",
                "{\"token\":\"lsp_x\"} | /token"
            })
    void namesTheFieldThatIsWrong(String body, String pointer) {
        var answer = admin.put(path, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(pointer);
    }

    @Test
    void aTokenSaysWhoItIsAndIsKeptAsAHashOnly() {
        make("{\"*\":[\"operator\"]}");

        var token = token("{\"description\":\"pipeline\",\"lifetime\":\"24h\"}");

        var secret = token.path("token").asText();
        assertThat(secret)
                .matches("lsp_[0-9A-Za-z]{49}")
                .startsWith(token.path("prefix").asText());
        assertThat(Instant.parse(token.path("expiresAt").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        var me = json(Api.with(secret).get("/api/v1/users/current"));
        assertThat(me.path("name").asText()).isEqualTo("service-account/" + name);
        assertThat(me.path("kind").asText()).isEqualTo("service-account");
        assertThat(me.path("id").asText()).isEqualTo(token.path("id").asText());
        assertThat(me.path("roles").path("*").get(0).asText()).isEqualTo("operator");
        assertThat(database.rows("select row(t.*)::text from api_token t where account = $1", name))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).doesNotContain(secret.substring(8)));
        assertThat(admin.get(path + "/tokens").body()).doesNotContain(secret.substring(8));
        assertThat(database.audited(
                        "token.created",
                        "service-accounts/" + name + "/tokens/"
                                + token.path("id").asText()))
                .singleElement()
                .satisfies(entry -> assertThat(entry).doesNotContain(secret.substring(8)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(json(admin.get(path + "/tokens"))
                                .path("items")
                                .get(0)
                                .path("lastUsedAt")
                                .asText())
                        .isNotEmpty());
    }

    @Test
    void aTokenDoesNoMoreThanItsAccountAndItsScope() {
        make("{\"shop\":[\"developer\",\"operator\"],\"lab\":[\"viewer\"]}");

        var narrow = roles("{\"projects\":[\"shop\"],\"roles\":[\"developer\"]}");
        assertThat(narrow).isEqualTo("{\"shop\":[\"developer\"]}");
        assertThat(roles("{\"projects\":[\"other\"]}")).isEqualTo("{}");
        assertThat(roles("{\"roles\":[\"administrator\"]}")).isEqualTo("{}");
        assertThat(roles("{\"projects\":[\"*\"]}"))
                .isEqualTo("{\"lab\":[\"viewer\"],\"shop\":[\"developer\",\"operator\"]}");
    }

    @Test
    void aTokenFollowsItsAccount() {
        make("{\"*\":[\"administrator\"]}");
        var api = Api.with(token("{}").path("token").asText());
        assertThat(api.get("/api/v1/users").statusCode()).isEqualTo(200);

        admin.put(path, "{\"roles\":{\"*\":[\"viewer\"]}}");
        assertThat(api.get("/api/v1/users").statusCode()).isEqualTo(403);

        admin.put(path, "{\"roles\":{\"*\":[\"viewer\"]},\"isDisabled\":true}");
        assertThat(api.get("/api/v1/users/current").statusCode()).isEqualTo(401);

        admin.put(path, "{\"roles\":{\"*\":[\"viewer\"]}}");
        assertThat(api.get("/api/v1/users/current").statusCode()).isEqualTo(200);
        admin.delete(path);
        assertThat(api.get("/api/v1/users/current").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenIsForItsPathsOnly() {
        make("{\"*\":[\"administrator\"]}");
        var api = Api.with(
                token("{\"paths\":[\"/api/v1/users/*\"]}").path("token").asText());

        assertThat(api.get("/api/v1/users/current").statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/users").statusCode()).isEqualTo(403);
        assertThat(api.get("/api/v1/sessions").statusCode()).isEqualTo(403);
    }

    @Test
    void rotatesWithAnOverlap() {
        make("{\"*\":[\"viewer\"]}");
        var old = token("{\"projects\":[\"shop\"],\"lifetime\":\"30d\"}");
        var id = old.path("id").asText();

        var answer = admin.postJson(path + "/tokens/" + id + "/rotations", "{\"overlap\":\"1h\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        var rotated = json(answer);

        assertThat(rotated.path("token").asText())
                .isNotEqualTo(old.path("token").asText());
        assertThat(rotated.path("projects")).isEqualTo(old.path("projects"));
        assertThat(status(old)).isEqualTo(200);
        assertThat(status(rotated)).isEqualTo(200);
        var ends = database.rows("select expires_at from api_token where id = $1", id);
        assertThat(ends.getFirst().getOffsetDateTime(0).toInstant())
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3601));

        var now =
                admin.postJson(path + "/tokens/" + rotated.path("id").asText() + "/rotations", "{\"overlap\":\"0s\"}");
        assertThat(status(rotated)).isEqualTo(401);
        assertThat(status(json(now))).isEqualTo(200);
        assertThat(admin.postJson(path + "/tokens/" + rotated.path("id").asText() + "/rotations", "{}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void revokes() {
        make("{\"*\":[\"viewer\"]}");
        var token = token("{}");
        assertThat(status(token)).isEqualTo(200);

        assertThat(admin.delete(path + "/tokens/" + token.path("id").asText()).statusCode())
                .isEqualTo(204);

        assertThat(status(token)).isEqualTo(401);
        assertThat(admin.delete(path + "/tokens/" + token.path("id").asText()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"lifetime\":\"400d\"} | /lifetime",
                "{\"lifetime\":\"0s\"} | /lifetime",
                "{\"lifetime\":\"soon\"} | /lifetime",
                "{\"expiresAt\":\"2020-01-01T00:00:00Z\"} | /expiresAt",
                "{\"expiresAt\":\"2099-01-01T00:00:00Z\"} | /expiresAt",
                "{\"projects\":[]} | /projects",
                "{\"roles\":[\"root\"]} | /roles",
                "{\"paths\":[\"api\"]} | /paths",
                "{\"token\":\"lsp_mine\"} | /token"
            })
    void refusesOddTokens(String body, String pointer) {
        make("{\"*\":[\"viewer\"]}");

        var answer = admin.postJson(path + "/tokens", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(pointer);
        assertThat(database.count("select count(*) from api_token where account = $1", name))
                .isZero();
    }

    /** Who administers one project makes accounts there, and nowhere else; what others made, they do not touch. */
    @Test
    void aProjectsAdministratorStaysInTheProject() {
        admin.put(path, "{\"project\":\"shop\",\"roles\":{\"shop\":[\"administrator\"]}}");
        var local = Api.with(token("{}").path("token").asText());
        var mine = path + "-mine";

        assertThat(local.put(mine, "{\"project\":\"shop\",\"roles\":{\"shop\":[\"developer\"]}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(local.postJson(mine + "/tokens", "{}").statusCode()).isEqualTo(201);
        assertThat(local.put(mine, "{\"project\":\"shop\",\"roles\":{\"*\":[\"viewer\"]}}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(local.put(mine, "{\"project\":\"shop\",\"roles\":{\"lab\":[\"viewer\"]}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(local.put(mine + "2", "{\"project\":\"lab\"}").statusCode()).isEqualTo(404);

        admin.put(path + "-theirs", "{\"project\":\"lab\",\"roles\":{\"lab\":[\"viewer\"]}}");
        assertThat(local.get(path + "-theirs").statusCode()).isEqualTo(404);
        assertThat(local.postJson(path + "-theirs/tokens", "{}").statusCode()).isEqualTo(404);
        assertThat(local.delete(path + "-theirs").statusCode()).isEqualTo(404);
        assertThat(local.get("/api/v1/service-accounts?limit=200").body())
                .contains(name + "-mine")
                .doesNotContain(name + "-theirs");

        admin.put(path + "-both", "{\"project\":\"shop\",\"roles\":{\"shop\":[\"viewer\"],\"lab\":[\"operator\"]}}");
        assertThat(local.postJson(path + "-both/tokens", "{}").statusCode())
                .as("a token of it would reach into another project")
                .isEqualTo(404);
    }

    private void make(String roles) {
        assertThat(admin.put(path, "{\"roles\":" + roles + "}").statusCode()).isEqualTo(201);
    }

    private JsonNode token(String body) {
        var answer = admin.postJson(path + "/tokens", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return json(answer);
    }

    private String roles(String scope) {
        var api = Api.with(token(scope).path("token").asText());
        return json(api.get("/api/v1/users/current")).path("roles").toString();
    }

    private static int status(JsonNode token) {
        return Api.with(token.path("token").asText())
                .get("/api/v1/users/current")
                .statusCode();
    }
}
