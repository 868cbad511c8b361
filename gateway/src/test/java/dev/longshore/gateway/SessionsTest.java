package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.testkit.InternalTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SessionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Test
    void signsTheAdministratorIn() {
        var answer = Api.anonymous().signIn("admin", Api.adminPassword());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("token").asText()).startsWith("lss_");
        assertThat(Instant.parse(json(answer).path("expiresAt").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(11)), Instant.now().plus(Duration.ofHours(13)));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void keepsThePasswordFileForItsOwner() throws Exception {
        var file = ConfigProvider.getConfig().getValue("longshore.accounts.admin-password-file", Path.class);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsOnlyHashes() {
        var api = Api.signedIn();

        var rows = pool.query("select row(s.*)::text || row(a.*)::text as row from session s, account a")
                .execute()
                .await()
                .atMost(PATIENCE);

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getString("row"))
                        .doesNotContain(api.token().substring(4))
                        .doesNotContain(Api.adminPassword())
                        .contains("$argon2id$"));
    }

    @Test
    void asksEveryoneElseToSignIn() {
        var answer = Api.anonymous().get("/api/v1/deliveries");

        assertUnauthenticated(answer);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/registries",
                "/api/v1/audit",
                "/api/v1/progress",
                "/api/v1/executions",
                "/api/v1/nothing"
            })
    void asksEverywhere(String path) {
        assertUnauthenticated(Api.anonymous().get(path));
        assertUnauthenticated(Api.with("lss_" + "A".repeat(43)).get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YWRtaW46YWRtaW4=",
                "Bearer",
                "Bearer ",
                "bearer x",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Digest a"
            })
    void takesNoOtherCredentials(String authorization) {
        assertUnauthenticated(Api.anonymous().get("/api/v1/deliveries", "Authorization", authorization));
    }

    @Test
    void takesNoInternalToken() {
        var home = ConfigProvider.getConfig().getValue("longshore.home", Path.class);
        var token = InternalTokens.in(home).administrator("config-service");

        assertUnauthenticated(Api.with(token).get("/api/v1/deliveries"));
        assertUnauthenticated(Api.with(token).get("/api/v1/registries"));
    }

    @Test
    void doesNotTellWhoHasAnAccount() {
        var unknown = Api.anonymous().signIn("nobody", "wrong");
        var wrong = Api.anonymous().signIn("admin", "wrong");

        assertUnauthenticated(wrong);
        assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(median("nobody")).isCloseTo(median("admin"), org.assertj.core.data.Percentage.withPercentage(60));
    }

    @Test
    void endsASession() {
        var api = Api.signedIn();
        var other = Api.signedIn();

        var answer = api.delete("/api/v1/sessions/current");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertUnauthenticated(api.get("/api/v1/deliveries"));
        assertThat(other.get("/api/v1/deliveries").statusCode()).isEqualTo(200);
    }

    @Test
    void expires() {
        var api = Api.signedIn();
        assertThat(api.get("/api/v1/deliveries").statusCode()).isEqualTo(200);

        pool.query("update session set expires_at = now()").execute().await().atMost(PATIENCE);

        await().atMost(PATIENCE).untilAsserted(() -> assertUnauthenticated(api.get("/api/v1/deliveries")));
    }

    @Test
    void signsInAgainWithAnOldTokenInHand() {
        assertThat(Api.with("lss_old").signIn("admin", Api.adminPassword()).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":\"admin\",\"password\":\"x\",\"role\":\"administrator\"}",
                "{\"username\":\"admin\"}",
                "{\"username\":\"admin\",\"password\":\"\"}",
                "{\"username\":",
                "[]",
                ""
            })
    void refusesOddRequests(String body) {
        var answer = Api.anonymous().post("/api/v1/sessions", body, "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void doesNotHashEndlessPasswords() {
        assertThat(Api.anonymous().signIn("admin", "x".repeat(5000)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void auditsWhoSignedInAndWhoWasRefused() {
        var name = "intruder-" + System.nanoTime();
        Api.anonymous().signIn(name, "guess");
        var api = Api.signedIn();

        await().atMost(PATIENCE).untilAsserted(() -> {
            var refused = json(api.get("/api/v1/audit?actor=" + name)).path("items");
            assertThat(refused).hasSize(1);
            assertThat(refused.get(0).path("action").asText()).isEqualTo("session.opened");
            assertThat(refused.get(0).path("result").asText()).isEqualTo("refused");
            assertThat(refused.get(0).path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(refused.get(0).path("traceId").asText()).hasSize(32);
            assertThat(refused.toString()).doesNotContain("guess");
            var opened = json(api.get("/api/v1/audit?actor=admin&action=session.opened"))
                    .path("items");
            assertThat(opened.get(0).path("result").asText()).isEqualTo("succeeded");
            assertThat(opened.get(0).path("token").asText()).startsWith("ses-");
        });
    }

    /** Each from an address of its own: whoever guesses again from the same one waits. */
    private static long median(String username) {
        return LongStream.range(0, 7)
                .map(i -> {
                    var stranger = Api.anonymousAt("127.82.%d.%d".formatted(username.length(), i + 1));
                    stranger.get("/openapi");
                    var begun = System.nanoTime();
                    stranger.signIn(username, "wrong");
                    return System.nanoTime() - begun;
                })
                .sorted()
                .skip(3)
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnauthenticated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).path("code").asText()).isEqualTo("unauthenticated");
    }
}
