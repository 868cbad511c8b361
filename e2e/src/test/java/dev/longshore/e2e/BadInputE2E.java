package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.e2e.client.Answer;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.Images;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.TestPush;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and registries get wrong, each told by a stable code at the door, and nothing half done. */
class BadInputE2E {

    private static final String TAG_OF_129 =
            "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt";

    private static Landscape landscape;
    private static Api api;

    @BeforeAll
    static void start() {
        landscape = Landscape.start("bad-input");
        api = landscape.api;
    }

    @AfterAll
    static void end() {
        landscape.close();
    }

    @ParameterizedTest
    @CsvSource({
        "dockerhubb, https://registry.corp, unknown-vendor, /vendor",
        "distribution, registry.corp, invalid-url, /url",
        "distribution, ftp://registry.corp, invalid-url, /url",
        "distribution, http://169.254.169.254, forbidden-address, /url",
        "distribution, 'http://[fe80::1]:5000', forbidden-address, /url",
    })
    void refusesARegistryThatCannotBeOne(String vendor, String url, String code, String pointer) {
        var answer = api.put("/api/v1/registries/bad", """
                {"vendor": "%s", "url": "%s", "allowPrivateAddresses": true}""".formatted(vendor, url));

        assertProblem(answer, 400, code);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(api.get("/api/v1/registries/bad").status()).isEqualTo(404);
    }

    @Test
    void saysWhyARegistryCannotBeUsed() throws IOException {
        var html = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        html.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>Welcome</html>".getBytes(UTF_8));
            exchange.close();
        });
        html.start();
        var port = html.getAddress().getPort();
        try {
            assertThat(diagnosis("http://127.0.0.1:" + port, "none")).isEqualTo("not-a-registry");
            assertThat(diagnosis(landscape.left.process().uri().toString(), "wrong"))
                    .isEqualTo("credentials-rejected");
            assertThat(diagnosis("http://127.0.0.1:1", "none")).isEqualTo("registry-unreachable");
        } finally {
            html.stop(0);
        }
    }

    private static String diagnosis(String url, String password) {
        var credentials = password.equals("none")
                ? "{\"type\": \"none\"}"
                : "{\"type\": \"basic\", \"username\": \"ci\", \"password\": \"%s\"}".formatted(password);
        api.demand(api.put("/api/v1/registries/bad-diagnosed", """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "credentials": %s}""".formatted(url, credentials)));
        return api.demand(api.post("/api/v1/registries/bad-diagnosed/diagnoses", ""))
                .json()
                .path("code")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic d3Jvbmc6d3Jvbmc=", ""})
    void keepsNothingOfANotificationWithoutTheSecret(String authorization) {
        var before = deliveries();

        var answer = notify(authorization, "{\"events\": []}".getBytes(UTF_8));

        assertProblem(answer, 401, "webhook-not-authentic");
        assertThat(deliveries()).isEqualTo(before);
    }

    @Test
    void showsAuthenticNotificationsThatAreOfNoUseAndGoesOn() {
        var authorization = "Bearer " + landscape.left.webhookSecret();
        var tooLarge = ("{\"events\": [\"" + "x".repeat(1 << 20) + "\"]}").getBytes(UTF_8);

        assertThat(notify(authorization, tooLarge).status()).isEqualTo(202);
        assertThat(notify(authorization, "<html>".getBytes(UTF_8)).status()).isEqualTo(202);

        assertThat(failedDeliveries("bad-input-left")
                        .map(item -> item.path("reason").asText()))
                .contains("too-large", "not-json");
        var image = Images.fixed("after bad notifications");
        landscape.left.push("shop/after", "1.0", image);
        landscape.awaitCopied("shop/after", "1.0", image.digest());
    }

    @Test
    void takesNotificationsOfARegistryJustDeleted() {
        api.demand(api.put("/api/v1/registries/bad-deleted", """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "webhook": {"secret": "s3cret-of-it"}}""".formatted(
                        landscape.right.process().uri())));
        var secret = Map.of("Authorization", "Bearer s3cret-of-it");
        var stranger = Api.nobody(landscape.suite);
        await().atMost(Landscape.PATIENCE)
                .until(() -> stranger.post("/webhooks/bad-deleted", secret, "{\"events\": []}".getBytes(UTF_8))
                                .status()
                        == 202);
        api.demand(api.delete("/api/v1/registries/bad-deleted"));

        await().atMost(Landscape.PATIENCE).untilAsserted(() -> {
            var answer = stranger.post("/webhooks/bad-deleted", secret, "{\"events\": []}".getBytes(UTF_8));
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("reason").asText()).isEqualTo("registry-deleted");
        });
        assertThat(failedDeliveries("bad-deleted")
                        .map(item -> item.path("reason").asText()))
                .contains("registry-deleted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left/Shop/api:1.0",
                "left/shop/api:" + TAG_OF_129,
                "left/shop/api@md5:d41d8cd98f00b204e9800998ecf8427e",
                "left/shop/api@sha256:short",
                "left"
            })
    void refusesWhatIsNotAReference(String reference) {
        for (var path : new String[] {"images", "findings", "decisions", "scans"}) {
            assertProblem(
                    api.get("/api/v1/" + path + "?reference=" + URLEncoder.encode(reference, UTF_8)),
                    400,
                    "invalid-reference");
        }
        assertProblem(
                api.post("/api/v1/scans", "{\"reference\": \"%s\"}".formatted(reference)), 400, "invalid-reference");
        assertProblem(
                api.post(
                        "/api/v1/copies",
                        "{\"source\": \"%s\", \"target\": \"right/shop/api:1.0\"}".formatted(reference)),
                400,
                "invalid-reference");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"actions\": {\"critical\": \"block\"}, \"onlyFixeable\": true}', onlyFixeable, unknown-field",
        "'{\"actions\": {\"catastrophic\": \"block\"}}', catastrophic, unknown-field",
        "'{\"actions\": {\"critical\": \"explode\"}}', explode, invalid-request",
    })
    void namesWhatIsWrongInAPolicy(String policy, String named, String code) {
        var answer = api.put("/api/v1/scan-policies/bad", policy);

        assertProblem(answer, 400, code);
        assertThat(answer.json().path("errors").toString()).contains(named);
        assertThat(api.get("/api/v1/scan-policies/bad").status()).isEqualTo(404);
    }

    @Test
    void wantsTheSecretAgainForAnotherHost() {
        var before = api.demand(api.get("/api/v1/registries/bad-input-right")).json();

        var answer = api.put("/api/v1/registries/bad-input-right", """
                {"vendor": "distribution", "url": "http://elsewhere.corp:5000", "allowPrivateAddresses": true,
                 "credentials": {"type": "basic", "username": "ci"}}""");

        assertProblem(answer, 400, "secret-required");
        assertThat(api.get("/api/v1/registries/bad-input-right").json()).isEqualTo(before);
    }

    @Test
    void decidesAsThePolicySaysOfAnImageWhoseLayerIsMissing() throws IOException {
        try (var registry = RegistryProcess.of(Kind.DISTRIBUTION_2).start()) {
            // Given: it notifies nobody, so that nothing is read before the layer is gone
            var image = Images.fixed("without its layer");
            TestPush.to(registry.uri()).image("shop/incomplete", "1.0", image);
            var layer = image.blobs().getLast().digest().replace("sha256:", "");
            Files.delete(registry.folder()
                    .resolve("data/docker/registry/v2/blobs/sha256")
                    .resolve(layer.substring(0, 2))
                    .resolve(layer)
                    .resolve("data"));
            api.demand(api.put("/api/v1/scan-policies/bad-incomplete", """
                    {"scope": {"registries": ["bad-incomplete"]}, "actions": {"critical": "block"},
                     "onUnknown": {"unscanned": "warn", "failed": "block"}}"""));

            // When
            api.demand(api.put("/api/v1/registries/bad-incomplete", """
                    {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true, "reconcileEvery": "10s"}""".formatted(registry.uri())));

            // Then
            await().atMost(Landscape.PATIENCE)
                    .untilAsserted(() -> assertThat(api.about("/api/v1/decisions", "bad-incomplete/shop/incomplete:1.0")
                                    .items()
                                    .map(item -> item.path("action").asText()))
                            .containsExactly("block"));
            assertThat(api.about("/api/v1/scans", "bad-incomplete/shop/incomplete:1.0")
                            .items()
                            .map(item -> item.path("state").asText()))
                    .containsExactly("failed");
        } finally {
            api.delete("/api/v1/registries/bad-incomplete");
        }
    }

    @Test
    void letsNobodyInWithoutASession() {
        var stranger = Api.nobody(landscape.suite);

        for (var path : new String[] {"registries", "images", "audit", "deliveries", "nothing-of-this-name"}) {
            assertProblem(stranger.get("/api/v1/" + path), 401, "unauthenticated");
        }
    }

    private static Answer notify(String authorization, byte[] body) {
        var headers = authorization.isEmpty() ? Map.<String, String>of() : Map.of("Authorization", authorization);
        return Api.nobody(landscape.suite).post("/webhooks/bad-input-left", headers, body);
    }

    private static long deliveries() {
        return api.get("/api/v1/deliveries?limit=200&registry=bad-input-left")
                .items()
                .count();
    }

    private static Stream<JsonNode> failedDeliveries(String registry) {
        return api.get("/api/v1/deliveries?state=failed&registry=" + registry).items();
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
    }
}
