package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class UsersTest {

    private static final String PASSWORD = "correct horse battery";

    @Inject
    Database database;

    private final Api admin = Api.signedIn();
    private final String name = "user-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    @Test
    void makesShowsListsAndRemovesAnAccount() {
        var made = make("viewer");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(made.headers().firstValue("Location"))
                .hasValueSatisfying(at -> assertThat(at).endsWith("/api/v1/users/" + name));
        assertThat(made.body())
                .doesNotContain(PASSWORD)
                .doesNotContain("argon2")
                .doesNotContain("assword");

        var shown = admin.get("/api/v1/users/" + name);
        assertThat(json(shown)).isEqualTo(json(made));
        assertThat(json(shown).path("role").asText()).isEqualTo("viewer");
        assertThat(admin.get("/api/v1/users?limit=200").body()).contains(name);

        assertThat(admin.delete("/api/v1/users/" + name).statusCode()).isEqualTo(204);
        assertThat(admin.get("/api/v1/users/" + name).statusCode()).isEqualTo(404);
        assertThat(database.count("select count(*) from account where username = $1", name))
                .isZero();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(database.audited("user.created", "users/" + name)).hasSize(1);
            assertThat(database.audited("user.deleted", "users/" + name))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry).contains("viewer").doesNotContain("argon2"));
        });
    }

    @Test
    void changesOnlyWhatWasRead() {
        make("viewer");

        var changed = put("{\"role\":\"operator\",\"email\":\"o@example.com\"}", "If-Match", "\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(put("{\"role\":\"viewer\"}", "If-Match", "\"1\"").statusCode())
                .isEqualTo(412);
        assertThat(put("{\"role\":\"viewer\"}", "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(admin.delete("/api/v1/users/" + name, "If-Match", "\"1\"").statusCode())
                .isEqualTo(412);
        assertThat(json(admin.get("/api/v1/users/" + name)).path("role").asText())
                .isEqualTo("operator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"god\",\"password\":\"correct horse battery\"} | /role",
                "{\"role\":\"viewer\",\"password\":\"short\"} | /password",
                "{\"role\":\"viewer\"} | /password",
                "{\"email\":\"nobody\",\"password\":\"correct horse battery\"} | /email",
                "{\"passwordHash\":\"x\",\"password\":\"correct horse battery\"} | /passwordHash"
            })
    void namesTheFieldThatIsWrong(String body, String pointer) {
        var answer = put(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(pointer).doesNotContain("correct horse");
        assertThat(database.count("select count(*) from account where username = $1", name))
                .isZero();
    }

    @Test
    void saysWhoOneIs() {
        make("operator");

        var me = json(signIn().get("/api/v1/users/current"));

        assertThat(me.path("name").asText()).isEqualTo(name);
        assertThat(me.path("kind").asText()).isEqualTo("user");
        assertThat(me.path("roles").path("*").get(0).asText()).isEqualTo("operator");
        assertThat(me.path("id").asText()).startsWith("ses-");
    }

    @Test
    void nobodyPromotesThemselves() {
        make("viewer");
        var self = signIn();

        var profile = self.put("/api/v1/users/current", "{\"email\":\"me@example.com\",\"role\":\"administrator\"}");
        assertThat(profile.statusCode()).isEqualTo(400);
        assertThat(json(profile).path("code").asText()).isEqualTo("unknown-field");
        assertThat(self.put("/api/v1/users/" + name, "{\"role\":\"administrator\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(self.get("/api/v1/users").statusCode()).isEqualTo(403);
        assertThat(self.put("/api/v1/users/current", "{\"email\":\"me@example.com\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(database.rows("select role, email from account where username = $1", name))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getString("role")).isEqualTo("viewer");
                    assertThat(row.getString("email")).isEqualTo("me@example.com");
                });
    }

    @Test
    void whoChangesTheirPasswordIsSignedOutElsewhere() {
        make("viewer");
        var here = signIn();
        var elsewhere = signIn();

        var wrong = here.put(
                "/api/v1/users/current/password",
                "{\"currentPassword\":\"not this one\",\"newPassword\":\"another good one\"}");
        assertThat(wrong.statusCode()).isEqualTo(403);
        var right = here.put(
                "/api/v1/users/current/password",
                "{\"currentPassword\":\"%s\",\"newPassword\":\"another good one\"}".formatted(PASSWORD));

        assertThat(right.statusCode()).isEqualTo(204);
        assertThat(here.get("/api/v1/users/current").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/users/current").statusCode()).isEqualTo(401);
        assertThat(Api.anonymous().signIn(name, PASSWORD).statusCode()).isEqualTo(401);
        assertThat(Api.anonymous().signIn(name, "another good one").statusCode())
                .isEqualTo(201);
        assertThat(database.audited("user.password-changed", "users/" + name))
                .singleElement()
                .satisfies(entry -> assertThat(entry).doesNotContain("another good one"));
    }

    @Test
    void whoIsDisabledIsSignedOutAtOnce() {
        make("viewer");
        var session = signIn();
        assertThat(session.get("/api/v1/users/current").statusCode()).isEqualTo(200);

        put("{\"role\":\"viewer\",\"isDisabled\":true}");

        assertThat(session.get("/api/v1/users/current").statusCode()).isEqualTo(401);
        var refused = Api.anonymous().signIn(name, PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("detail").asText()).isEqualTo("The username or the password is wrong");
        assertThat(database.count("select count(*) from session where username = $1", name))
                .isZero();
    }

    @Test
    void aRoleIsTakenAwayWhileSignedIn() {
        make("administrator");
        var session = signIn();
        assertThat(session.get("/api/v1/users").statusCode()).isEqualTo(200);

        put("{\"role\":\"viewer\"}");

        assertThat(session.get("/api/v1/users").statusCode()).isEqualTo(403);
    }

    @Test
    void listsAndEndsSessions() {
        make("viewer");
        var one = signIn();
        var other = signIn();

        var mine = json(one.get("/api/v1/sessions")).path("items");
        assertThat(mine)
                .hasSize(2)
                .allSatisfy(session -> assertThat(session.path("user").asText()).isEqualTo(name));
        assertThat(mine.toString()).doesNotContain(one.token()).doesNotContain("lss_");
        assertThat(json(one.get("/api/v1/sessions?user=admin")).path("items")).isEmpty();
        var others = json(admin.get("/api/v1/sessions?user=" + name)).path("items");
        assertThat(others).hasSize(2);

        var adminsOwn = json(admin.get("/api/v1/users/current")).path("id").asText();
        assertThat(one.delete("/api/v1/sessions/" + adminsOwn).statusCode()).isEqualTo(404);
        var id = json(other.get("/api/v1/users/current")).path("id").asText();
        assertThat(admin.delete("/api/v1/sessions/" + id).statusCode()).isEqualTo(204);

        assertThat(other.get("/api/v1/users/current").statusCode()).isEqualTo(401);
        assertThat(one.get("/api/v1/users/current").statusCode()).isEqualTo(200);
        assertThat(database.audited("session.closed", "sessions/" + id)).hasSize(1);
    }

    /** As if another gateway had ended it: this one looks again within what it remembers. */
    @Test
    void aSessionEndedElsewhereEndsHere() {
        make("viewer");
        var session = signIn();
        assertThat(session.get("/api/v1/users/current").statusCode()).isEqualTo(200);

        database.rows("delete from session where username = $1", name);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(session.get("/api/v1/users/current").statusCode())
                                .isEqualTo(401));
    }

    @Test
    void theLastAdministratorStays() {
        database.rows("update account set is_disabled = true where role = 'administrator' and username <> 'admin'");

        assertThat(admin.delete("/api/v1/users/admin").statusCode()).isEqualTo(409);
        assertThat(admin.put("/api/v1/users/admin", "{\"role\":\"viewer\"}").statusCode())
                .isEqualTo(409);
        assertThat(admin.put("/api/v1/users/admin", "{\"role\":\"administrator\",\"isDisabled\":true}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(admin.get("/api/v1/users/current").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> make(String role) {
        return put("{\"role\":\"%s\",\"password\":\"%s\"}".formatted(role, PASSWORD));
    }

    private HttpResponse<String> put(String body, String... headers) {
        return admin.put("/api/v1/users/" + name, body, headers);
    }

    private Api signIn() {
        return Api.with(
                json(Api.anonymous().signIn(name, PASSWORD)).path("token").asText());
    }
}
