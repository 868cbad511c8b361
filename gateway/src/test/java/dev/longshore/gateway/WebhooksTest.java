package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Registries;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import dev.longshore.gateway.webhook.Pruning;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WebhooksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "hunter2-webhook";
    private static final String BODY = "{\"events\":[{\"id\":\"1\",\"note\":\"ä \\u0000 \\\"q\\\"\"}]}";

    @Inject
    Registries registries;

    @Inject
    Topics topics;

    @Inject
    Pool pool;

    @Inject
    Pruning pruning;

    private final Api stranger = Api.anonymous();

    @Test
    void storesANotificationBeforeItAnswers() {
        registries.configure("stored", SECRET);

        var answer = notify("stored", BODY, "Authorization", "Bearer " + SECRET, "X-Extra", "kept", "X-Token", SECRET);

        assertThat(answer.statusCode()).isEqualTo(202);
        var id = json(answer).path("id").asText();
        assertThat(id).startsWith("dlv-");
        var delivery = json(Api.signedIn().get("/api/v1/deliveries/" + id));
        assertThat(delivery.path("state").asText()).isEqualTo("received");
        assertThat(delivery.path("body").asText()).isEqualTo(BODY);
        assertThat(delivery.path("headers").path("x-extra").asText()).isEqualTo("kept");
        assertThat(delivery.path("traceId").asText()).hasSize(32);
        assertThat(delivery.toString()).doesNotContain(SECRET);
        eventually(() -> assertThat(received("stored")).singleElement().satisfies(event -> {
            assertThat(event.delivery()).isEqualTo(id);
            assertThat(event.body()).isEqualTo(BODY);
            assertThat(event.vendor()).isEqualTo("distribution");
            assertThat(event.headers()).containsEntry("x-extra", "kept").doesNotContainKeys("authorization", "x-token");
        }));
    }

    @Test
    void takesTheSecretInEachOfItsPlaces() {
        registries.configure("places", SECRET, "the-old-one", "X-Registry-Key");

        assertThat(List.of(
                        notify("places", BODY, "Authorization", "Bearer " + SECRET),
                        notify("places", BODY, "Authorization", basic("anyone", SECRET)),
                        notify("places", BODY, "X-Registry-Key", SECRET),
                        notify("places/" + SECRET, BODY),
                        notify("places", BODY, "Authorization", "Bearer the-old-one")))
                .extracting(HttpResponse::statusCode)
                .containsOnly(202);
    }

    @Test
    void keepsNothingOfWhatIsNotAuthentic() {
        registries.configure("guarded", SECRET);
        registries.configure("open", null, null, "Authorization");

        assertNotAuthentic(notify("guarded", BODY));
        assertNotAuthentic(notify("guarded", BODY, "Authorization", "Bearer wrong"));
        assertNotAuthentic(notify("guarded/wrong", BODY));
        assertNotAuthentic(notify("guarded", BODY, "Authorization", basic(SECRET, "")));
        assertNotAuthentic(notify("open", BODY));
        assertNotAuthentic(notify("never-heard-of", BODY, "Authorization", "Bearer " + SECRET));
        assertThat(notify("guarded", BODY).body())
                .isEqualTo(notify("never-heard-of", BODY).body());
        assertThat(count("guarded") + count("open") + count("never-heard-of")).isZero();
        assertThat(Api.anonymous().get("/q/metrics").body())
                .contains("longshore_webhooks_seconds_count{outcome=\"not-authentic\",registry=\"\"");
    }

    @Test
    void readsOnlyTheBeginningOfAStrangersBody() {
        var answer = Api.raw(
                "POST /webhooks/never HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n" + "x".repeat(100_000));

        assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close");
    }

    @Test
    void acceptsAndShowsWhatIsUseless() {
        registries.configure("useless", SECRET);

        var large = notify("useless/" + SECRET, "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}");
        var veryLarge = stranger.post("/webhooks/useless/" + SECRET, new byte[9 * 1024 * 1024]);
        var html = notify("useless/" + SECRET, "<html>no</html>");
        var nothing = notify("useless/" + SECRET, "");
        var good = notify("useless/" + SECRET, BODY);

        assertFailed(large, "too-large");
        assertFailed(veryLarge, "too-large");
        assertFailed(html, "not-json");
        assertFailed(nothing, "not-json");
        assertThat(json(good).path("state").asText()).isEqualTo("received");
        eventually(() -> assertThat(received("useless")).hasSize(1));
        var failed = json(Api.signedIn().get("/api/v1/deliveries?registry=useless&state=failed"))
                .path("items");
        assertThat(failed).hasSize(4);
        assertThat(failed.get(0).has("body")).isFalse();
        var shown = json(Api.signedIn()
                .get("/api/v1/deliveries/" + json(large).path("id").asText()));
        assertThat(shown.path("size").asLong()).isGreaterThan(1024 * 1024);
        assertThat(shown.path("body").asText()).hasSize(16 * 1024);
        assertThat(shown.path("detail").asText()).isNotEmpty();
    }

    @Test
    void takesAMebibyteWithinASecond() {
        registries.configure("mebibyte", SECRET);
        var body = "{\"a\":\"" + "\\\"".repeat((1024 * 1024 - 8) / 2) + "\"}";

        var begun = System.nanoTime();
        var answer = notify("mebibyte/" + SECRET, body);

        assertThat(json(answer).path("state").asText()).isEqualTo("received");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        eventually(() -> assertThat(received("mebibyte"))
                .singleElement()
                .satisfies(event -> assertThat(event.body()).isEqualTo(body)));
    }

    @Test
    void acceptsFromARegistryThatWasJustDeleted() {
        registries.configure("deleted", SECRET);
        registries.remove("deleted");

        assertFailed(notify("deleted", BODY, "Authorization", "Bearer " + SECRET), "registry-deleted");
        assertNotAuthentic(notify("deleted", BODY, "Authorization", "Bearer wrong"));

        registries.configure("deleted", SECRET);
        assertThat(json(notify("deleted/" + SECRET, BODY)).path("state").asText())
                .isEqualTo("received");
    }

    @Test
    void forgetsWhatIsOld() {
        registries.configure("old", SECRET);
        registries.configure("gone", SECRET);
        notify("old/" + SECRET, BODY);
        var fresh = json(notify("old/" + SECRET, BODY)).path("id").asText();
        registries.remove("gone");
        execute("update delivery set received_at = now() - interval '15 days' where registry = 'old' and id <> '"
                + fresh + "'");
        execute("update webhook_registry set deleted_at = now() - interval '8 days' where name = 'gone'");

        pruning.prune().await().atMost(PATIENCE);

        assertThat(count("old")).isEqualTo(1);
        assertThat(registries.find("gone")).isEmpty();
        assertThat(registries.find("old")).isPresent();
    }

    @Test
    void pagesThroughDeliveries() {
        registries.configure("paged", SECRET);
        var ids = java.util.stream.IntStream.range(0, 5)
                .mapToObj(_ -> json(notify("paged/" + SECRET, BODY)).path("id").asText())
                .toList();
        var api = Api.signedIn();

        var first = json(api.get("/api/v1/deliveries?registry=paged&limit=3"));
        var second = json(api.get("/api/v1/deliveries?registry=paged&limit=3&cursor="
                + first.path("next").asText()));

        assertThat(first.path("items").findValuesAsText("id")).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(second.path("items").findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(second.path("next").isTextual()).isFalse();
        assertThat(api.get("/api/v1/deliveries?state=odd").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/deliveries?limit=0").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/deliveries?cursor=!").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/deliveries/dlv-none").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsNoCredentialsOfRegistries() {
        registries.configure("bare", SECRET);

        var kept = pool.query("select configured from webhook_registry where name = 'bare'")
                .execute()
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getString(0);

        assertThat(kept).doesNotContain("c2VhbGVk").doesNotContain(SECRET);
    }

    @Test
    void keepsTheSecretInAPathOutOfTraces() {
        registries.configure("traced", "planted-in-the-path");

        notify("traced/planted-in-the-path", BODY);

        var traces = ConfigProvider.getConfig().getValue("longshore.traces.file", Path.class);
        eventually(() -> assertThat(Files.readString(traces)).contains("/webhooks/traced/…"));
        assertThat(traces).content().doesNotContain("planted-in-the-path");
    }

    private HttpResponse<String> notify(String path, String body, String... headers) {
        return stranger.post("/webhooks/" + path, body, headers);
    }

    private List<WebhookReceived> received(String registry) {
        return topics.read(Topic.WEBHOOKS, WebhookEvent.class).stream()
                .flatMap(found -> found.event().stream())
                .filter(WebhookReceived.class::isInstance)
                .map(WebhookReceived.class::cast)
                .filter(event -> event.registry().equals(registry))
                .toList();
    }

    private long count(String registry) {
        return pool.query("select count(*) from delivery where registry = '" + registry + "'")
                .execute()
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getLong(0);
    }

    private void execute(String sql) {
        pool.query(sql).execute().await().atMost(PATIENCE);
    }

    private static String basic(String username, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes());
    }

    private static void assertNotAuthentic(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("code").asText()).isEqualTo("webhook-not-authentic");
    }

    private static void assertFailed(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("state").asText()).isEqualTo("failed");
        assertThat(json(answer).path("reason").asText()).isEqualTo(reason);
    }
}
