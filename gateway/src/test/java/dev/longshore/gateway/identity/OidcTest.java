package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OidcTest {

    private static final String SESSION = "__Host-longshore-session";

    @Inject
    Database database;

    private final String name = "carol-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    /** A sign-in that has begun: what the browser was sent to the provider with, and what it keeps. */
    private record Begun(Map<String, String> asked, String kept) {}

    @Test
    void sendsTheBrowserToTheProvider() {
        var begun = begin("");

        assertThat(begun.asked())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "longshore")
                .containsEntry("redirect_uri", "http://localhost:8000/login/oidc/callback")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge")
                .containsEntry("scope", "openid profile email");
        assertThat(begun.kept()).doesNotContain(begun.asked().get("state"));
        assertThat(begin("").asked().get("state")).isNotEqualTo(begun.asked().get("state"));
    }

    @Test
    void signsInByACookie() {
        var ended = signIn(Map.of("groups", List.of("auditors", "others")));

        assertThat(ended.statusCode()).isEqualTo(303);
        var cookie = cookie(ended, SESSION);
        assertThat(cookie)
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        var me = json(Api.anonymous().get("/api/v1/users/current", "Cookie", value(cookie)));
        assertThat(me.path("name").asText()).isEqualTo(name);
        assertThat(me.path("roles").toString()).isEqualTo("{\"*\":[\"security\"]}");
        assertThat(me.path("groups").toString()).isEqualTo("[\"auditors\",\"others\"]");
        assertThat(database.rows("select password_hash, external_id from account where username = $1", name))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getString(0)).isNull();
                    assertThat(row.getString(1)).endsWith("|sub-" + name);
                });
        assertThat(database.audited("user.created", "users/" + name)).hasSize(1);
    }

    @Test
    void groupsAreThoseOfTheLastSignIn() {
        signIn(Map.of("groups", List.of("auditors")));
        var again = signIn(Map.of("groups", List.of("others")));

        var me = json(Api.anonymous().get("/api/v1/users/current", "Cookie", value(cookie(again, SESSION))));
        assertThat(me.path("roles")).isEmpty();
        assertThat(database.audited("user.created", "users/" + name)).hasSize(1);
    }

    @Test
    void whoAsksForATokenGetsOne() {
        var begun = begin("?answer=token");
        var ended = end(begun, begun.asked().get("state"), expect(begun, Map.of()));

        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.headers().allValues("Set-Cookie")).noneMatch(each -> each.startsWith(SESSION));
        var api = Api.with(json(ended).path("token").asText());
        assertThat(json(api.get("/api/v1/users/current")).path("name").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, , 200",
        "cross-site, , 403",
        "same-site, , 403",
        "none, , 403",
        ", http://localhost:8000, 200",
        ", https://evil.example.com, 403",
        ", null, 403",
        ", , 403"
    })
    void aChangeByCookieComesFromThisSite(String site, String origin, int status) {
        var cookie = value(cookie(signIn(Map.of()), SESSION));
        var request = Api.anonymous()
                .request("/api/v1/users/current", "Cookie", cookie, "Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"email\":\"new@example.com\"}"));
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }

        assertThat(Api.send(request).statusCode()).isEqualTo(status);
        assertThat(Api.anonymous()
                        .get("/api/v1/users/current", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void signingOutTakesTheCookieAway() {
        var cookie = value(cookie(signIn(Map.of()), SESSION));

        var out = Api.send(Api.anonymous()
                .request("/api/v1/sessions/current", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
                .DELETE());

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(cookie(out, SESSION)).contains("Max-Age=0");
        assertThat(Api.anonymous()
                        .get("/api/v1/users/current", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherBrowsersSignInDoesNotEndHere() {
        var mine = begin("");
        var theirs = begin("");

        assertThat(end(mine, theirs.asked().get("state"), expect(theirs, Map.of()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(end(new Begun(mine.asked(), ""), mine.asked().get("state"), expect(mine, Map.of()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(end(new Begun(mine.asked(), "AAAA"), mine.asked().get("state"), "code")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Api.anonymous()
                        .get("/login/oidc/callback?error=access_denied")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anotherVerifierOrCodeIsRefusedByTheProvider() {
        var mine = begin("");
        var theirs = begin("");

        assertThat(end(mine, mine.asked().get("state"), expect(theirs, Map.of()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(end(mine, mine.asked().get("state"), "never-given").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "nonce, another",
        "aud, another-client",
        "azp, another-client",
        "iss, https://another.example.com",
        "exp, 1",
        "sub, ",
        "preferred_username, ../admin",
        "preferred_username, current"
    })
    void refusesTokensThatAreNotGood(String claim, String value) {
        var others = new HashMap<String, Object>();
        others.put(claim, claim.equals("exp") ? Long.valueOf(value) : value);

        assertThat(signIn(others).statusCode()).isEqualTo(401);
        assertThat(database.count("select count(*) from account where username = $1", name))
                .isZero();
    }

    @Test
    void nobodyTakesOverAnAccountByItsName() {
        assertThat(signIn(Map.of("preferred_username", "admin")).statusCode()).isEqualTo(409);
        assertThat(signIn(Map.of("sub", "one")).statusCode()).isEqualTo(303);
        assertThat(signIn(Map.of("sub", "other")).statusCode()).isEqualTo(409);
    }

    @Test
    void whoIsDisabledHereStaysOut() {
        assertThat(signIn(Map.of()).statusCode()).isEqualTo(303);
        Api.signedIn().put("/api/v1/users/" + name, "{\"isDisabled\":true}");

        assertThat(signIn(Map.of()).statusCode()).isEqualTo(403);
        assertThat(Api.anonymous().signIn(name, "").statusCode()).isEqualTo(400);
        assertThat(Api.anonymous().signIn(name, "anything").statusCode()).isEqualTo(401);
    }

    @Test
    void aTerminalSignsIn() {
        var begun = json(Api.anonymous().postJson("/api/v1/device-authorizations", ""));
        var kept = begun.path("deviceCode").asText();
        var body = "{\"deviceCode\":\"%s\"}".formatted(kept);
        assertThat(begun.path("verificationUri").asText()).endsWith("/type");
        assertThat(kept).doesNotContain("device-");

        var early = Api.anonymous().postJson("/api/v1/device-authorizations/sessions", body);
        assertThat(early.statusCode()).isEqualTo(202);
        next("device-" + begun.path("userCode").asText(), Map.of());
        var signedIn = Api.anonymous().postJson("/api/v1/device-authorizations/sessions", body);

        assertThat(signedIn.statusCode()).isEqualTo(201);
        var api = Api.with(json(signedIn).path("token").asText());
        assertThat(json(api.get("/api/v1/users/current")).path("name").asText()).isEqualTo(name);
        assertThat(json(api.get("/api/v1/sessions"))
                        .path("items")
                        .get(0)
                        .path("proof")
                        .asText())
                .isEqualTo("device");
        assertThat(Api.anonymous()
                        .postJson("/api/v1/device-authorizations/sessions", "{\"deviceCode\":\"AAAA\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> signIn(Map<String, Object> others) {
        var begun = begin("");
        return end(begun, begun.asked().get("state"), expect(begun, others));
    }

    private Begun begin(String query) {
        var answer = Api.anonymous().get("/login/oidc" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        var asked = URI.create(answer.headers().firstValue("Location").orElseThrow())
                .getRawQuery();
        return new Begun(
                Arrays.stream(asked.split("&"))
                        .map(field -> field.split("=", 2))
                        .collect(toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8))),
                value(cookie(answer, "__Host-longshore-login")));
    }

    private static HttpResponse<String> end(Begun begun, String state, String code) {
        return Api.anonymous()
                .get("/login/oidc/callback?state=%s&code=%s".formatted(state, code), "Cookie", begun.kept());
    }

    /** What the provider will say of the sign-in; emits the code for it. */
    private String expect(Begun begun, Map<String, Object> others) {
        var code = "code-" + System.nanoTime();
        var claims = new HashMap<String, Object>(Map.of(
                "challenge",
                begun.asked().get("code_challenge"),
                "nonce",
                begun.asked().get("nonce")));
        claims.putAll(others);
        next(code, claims);
        return code;
    }

    private void next(String code, Map<String, Object> others) {
        var claims = new HashMap<String, Object>(
                Map.of("aud", "longshore", "sub", "sub-" + name, "preferred_username", name, "email", "c@example.com"));
        claims.putAll(others);
        try {
            var provider = ConfigProvider.getConfig().getValue("test-provider.address", String.class);
            Api.send(HttpRequest.newBuilder(URI.create(provider + "/next?code=" + code))
                    .POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(claims))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    private static String value(String cookie) {
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
