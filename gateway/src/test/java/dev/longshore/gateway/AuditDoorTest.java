package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked and what is refused at the door of a real gateway. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuditDoorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TIMES = Pattern.compile(", (\\d+) times until ");

    @Inject
    Database database;

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void keepsEachChangeOnceWithItsAnswer() {
        var name = "kept-" + UUID.randomUUID();

        var answer = json(api.put("/api/v1/registries/" + name + "?dry-run=true", "{}"));

        var entry = entry("registries/" + name);
        assertThat(entry.path("action").asText()).isEqualTo("api.put");
        assertThat(entry.path("actor").asText()).isEqualTo("admin");
        assertThat(entry.path("service").asText()).isEqualTo("gateway");
        assertThat(entry.path("result").asText()).isEqualTo("succeeded");
        assertThat(entry.path("detail").asText()).isEqualTo("PUT /api/v1/registries/{name}: 200");
        assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("traceId").asText()).matches("[0-9a-f]{32}");
        // By this the service's own entry is known to be of the same operation.
        var claims = claims(answer.at("/headers/authorization/0").asText());
        assertThat(entry.path("token").asText()).isEqualTo(claims.path("jti").asText());
        assertThat(entry.path("token").asText()).endsWith(entry.path("id").asText());
        assertThat(answer.at("/headers/traceparent/0").asText())
                .contains(entry.path("traceId").asText());
    }

    @Test
    void hasAsManyEntriesAsOperations() {
        var prefix = "counted-" + UUID.randomUUID() + "-";
        var made = IntStream.range(0, 40).parallel().mapToObj(i -> prefix + i).toList();

        made.parallelStream()
                .forEach(name -> assertThat(
                                api.put("/api/v1/registries/" + name, "{}").statusCode())
                        .isEqualTo(200));
        made.stream().limit(10).forEach(name -> api.get("/api/v1/registries/" + name));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(entries("registries/" + prefix)).hasSize(40);
            assertThat(database.count("select count(*) from audit_asked")).isZero();
        });
        assertThat(entries("registries/" + prefix).stream()
                        .map(entry -> entry.path("resource").asText())
                        .collect(toSet()))
                .hasSize(40);
    }

    @Test
    void tellsWhatWasRefusedFailedAndNotSeen() {
        var name = "ends-" + UUID.randomUUID();

        assertThat(api.put("/api/v1/registries/" + name + "-refused?mode=problem", "{}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(api.put("/api/v1/retention-policies/" + name + "-failed?mode=close", "{}")
                        .statusCode())
                .isEqualTo(503);
        try {
            api.put("/api/v1/registries/" + name + "-unknown?mode=break-off", "{}");
        } catch (java.io.UncheckedIOException _) {
            // The answer breaks off.
        }

        assertThat(entry("registries/" + name + "-refused").path("result").asText())
                .isEqualTo("refused");
        assertThat(entry("registries/" + name + "-refused").path("detail").asText())
                .endsWith(": 409");
        assertThat(entry("retention-policies/" + name + "-failed")
                        .path("result")
                        .asText())
                .isEqualTo("failed");
        assertThat(entry("registries/" + name + "-unknown").path("result").asText())
                .isEqualTo("unknown");
    }

    @Test
    void keepsWhatSnapsCallersDo() {
        var name = "snap-" + UUID.randomUUID();

        var answer = api.post("/config/registry/create", """
                {"name": "%s", "url": "http://127.0.0.1:5000", "username": "u", "password": "p"}""".formatted(name));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(entry("registries/" + name).path("action").asText()).isEqualTo("api.put");
    }

    @Test
    void doesNothingThatItCannotKeep() {
        var path = "/api/v1/registries/unkept-" + UUID.randomUUID();
        database.execute("revoke insert on audit_asked from current_user");
        try {
            var answer = api.put(path, "{}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(json(answer).path("code").asText()).isEqualTo("unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(Api.seen(path)).isZero();
            // The gateway's own resources are no exception; to read is.
            assertThat(api.delete("/api/v1/sessions/current").statusCode()).isEqualTo(503);
            assertThat(api.get("/api/v1/registries").statusCode()).isEqualTo(200);
        } finally {
            database.execute("grant insert on audit_asked to current_user");
        }
        assertThat(api.put(path, "{}").statusCode()).isEqualTo(200);
        assertThat(Api.seen(path)).isEqualTo(1);
    }

    @Test
    void doesNothingWhileItsStoreIsAway() {
        var path = "/api/v1/registries/storeless-" + UUID.randomUUID();
        assertThat(api.get("/api/v1/registries").statusCode()).isEqualTo(200);
        Api.control("stop-postgres");
        try {
            var answer = api.put(path, "{}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            Api.control("start-postgres");
        }
        assertThat(Api.seen(path)).isZero();
        // For the tests behind this one.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(Api.anonymous().get("/q/health/ready").statusCode())
                                .isNotEqualTo(503));
    }

    @Test
    void countsAFloodOfRefusalsAsOneEntryAWindow() {
        var path = "/api/v1/registries/flooded-" + UUID.randomUUID();
        var stranger = Api.with("lsp_wrong-" + UUID.randomUUID());

        var statuses = IntStream.range(0, 60)
                .mapToObj(_ -> stranger.get(path).statusCode())
                .collect(toSet());

        assertThat(statuses).containsExactly(401);
        var resource = path.substring("/api/v1/".length());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(entries(resource).stream()
                                .mapToLong(AuditDoorTest::times)
                                .sum())
                        .isEqualTo(60));
        assertThat(entries(resource)).hasSizeLessThan(30).allSatisfy(entry -> {
            assertThat(entry.path("actor").asText()).isEqualTo("anonymous");
            assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(entry.path("action").asText()).isEqualTo("api.get");
            assertThat(entry.path("result").asText()).isEqualTo("refused");
            assertThat(entry.path("detail").asText()).startsWith("GET /api/v1/registries/{name}: 401");
            assertThat(entry.path("traceId").asText()).matches("[0-9a-f]{32}");
        });
    }

    @Test
    void namesWhomTheTableRefuses() {
        var viewer = viewer();
        var path = "/api/v1/registries/coveted-" + UUID.randomUUID();

        assertThat(viewer.put(path, "{}").statusCode()).isEqualTo(403);

        var entry = entry(path.substring("/api/v1/".length()));
        assertThat(entry.path("actor").asText()).startsWith("vera-");
        assertThat(entry.path("action").asText()).isEqualTo("api.put");
        assertThat(entry.path("result").asText()).isEqualTo("refused");
        assertThat(entry.path("detail").asText()).isEqualTo("PUT /api/v1/registries/{name}: 403");
        assertThat(entry.path("token").asText()).startsWith("ses-");
        assertThat(Api.seen(path)).isZero();
    }

    @Test
    void keepsNoSecretOfAWebhooksPath() {
        var registry = "hooked-" + UUID.randomUUID();

        assertThat(Api.anonymous()
                        .post("/webhooks/" + registry + "/a-wrong-secret", "{}")
                        .statusCode())
                .isEqualTo(401);

        assertThat(entry("webhooks/" + registry).path("resource").asText()).isEqualTo("webhooks/" + registry);
        assertThat(database.count("select count(*) from audit_entry where audit_entry::text like '%a-wrong-secret%'"))
                .isZero();
    }

    private Api viewer() {
        var name = "vera-" + UUID.randomUUID();
        database.execute(
                "insert into account (username, password_hash, role) select '%s', password_hash, 'viewer' from account where username = 'admin'"
                        .formatted(name));
        return Api.with(json(Api.anonymous().signIn(name, Api.adminPassword()))
                .path("token")
                .asText());
    }

    private static long times(JsonNode entry) {
        var times = TIMES.matcher(entry.path("detail").asText());
        return times.find() ? Long.parseLong(times.group(1)) : 1;
    }

    private JsonNode entry(String resource) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(entries(resource)).hasSize(1));
        return entries(resource).getFirst();
    }

    private List<JsonNode> entries(String resource) {
        var items =
                json(api.get("/api/v1/audit?limit=200&resource=" + resource)).path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private static JsonNode claims(String authorization) {
        try {
            var payload = authorization.split("\\.")[1];
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        } catch (com.fasterxml.jackson.core.JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
