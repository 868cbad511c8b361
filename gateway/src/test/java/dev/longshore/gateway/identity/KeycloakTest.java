package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Browser;
import dev.longshore.gateway.suite.Keycloak;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real provider: its pages, its tokens, its keys. */
@Tag("long")
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(value = Keycloak.class, restrictToAnnotatedClass = true)
class KeycloakTest {

    private static final String WAY_BACK = "http://localhost:8000/login/oidc/callback";
    private static final String SESSION = "__Host-longshore-session";

    private final String keycloak = ConfigProvider.getConfig().getValue("keycloak.address", String.class);

    @Test
    void someoneSignsInWithABrowser() {
        var ended = signIn(new Browser("carol", "carols password"));

        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(303);
        var me = whoAmI(ended);
        assertThat(me.path("name").asText()).isEqualTo("carol");
        assertThat(me.path("groups").toString()).isEqualTo("[\"release-managers\"]");
        assertThat(me.path("roles").toString()).isEqualTo("{\"*\":[\"operator\"]}");
    }

    @Test
    void aNameThatIsTakenHereIsNotTakenOver() {
        var ended = signIn(new Browser("admin", "admins password"));

        assertThat(ended.statusCode()).isEqualTo(409);
        assertThat(ended.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(SESSION));
    }

    @Test
    void someoneSignsInWithATerminal() {
        var begun = json(Api.anonymous().postJson("/api/v1/device-authorizations", ""));
        var body = "{\"deviceCode\":\"%s\"}".formatted(begun.path("deviceCode").asText());
        assertThat(poll(body).statusCode()).isEqualTo(202);

        new Browser("carol", "carols password")
                .open(URI.create(begun.path("verificationUriComplete").asText()), "nowhere:");

        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(6))
                .untilAsserted(() -> {
                    var answer = poll(body);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                    var api = Api.with(json(answer).path("token").asText());
                    assertThat(json(api.get("/api/v1/users/current"))
                                    .path("name")
                                    .asText())
                            .isEqualTo("carol");
                });
    }

    @Test
    void keysRotateInTheMiddle() {
        assertThat(signIn(new Browser("carol", "carols password")).statusCode()).isEqualTo(303);
        var before = keys();

        addKey();

        assertThat(keys()).isGreaterThan(before);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var ended = signIn(new Browser("carol", "carols password"));
            assertThat(ended.statusCode()).as(ended.body()).isEqualTo(303);
            assertThat(whoAmI(ended).path("name").asText()).isEqualTo("carol");
        });
    }

    private HttpResponse<String> signIn(Browser browser) {
        var begun = Api.anonymous().get("/login/oidc");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        var kept = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        var back = browser.open(
                        URI.create(begun.headers().firstValue("Location").orElseThrow()), WAY_BACK)
                .orElseThrow();
        return Api.anonymous().get("/login/oidc/callback?" + back.getRawQuery(), "Cookie", kept);
    }

    private static JsonNode whoAmI(HttpResponse<String> ended) {
        var cookie = ended.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith(SESSION))
                .findFirst()
                .orElseThrow();
        return json(Api.anonymous().get("/api/v1/users/current", "Cookie", cookie.split(";")[0]));
    }

    private static HttpResponse<String> poll(String body) {
        return Api.anonymous().postJson("/api/v1/device-authorizations/sessions", body);
    }

    private int keys() {
        var answer = Api.send(
                HttpRequest.newBuilder(URI.create(keycloak + "/realms/longshore/protocol/openid-connect/certs")));
        return json(answer).path("keys").size();
    }

    /** One that goes before all others: from now on it signs. */
    private void addKey() {
        var form = "grant_type=password&client_id=admin-cli&username=%s&password=%s"
                .formatted(Keycloak.ADMINISTRATOR, Keycloak.PASSWORD.replace(" ", "+"));
        var token =
                Api.send(HttpRequest.newBuilder(URI.create(keycloak + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        var made = Api.send(HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/longshore/components"))
                .header(
                        "Authorization",
                        "Bearer " + json(token).path("access_token").asText())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"name": "next", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                         "config": {"priority": ["500"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"],
                                    "keySize": ["2048"]}}""")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }
}
