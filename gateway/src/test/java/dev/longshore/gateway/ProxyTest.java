package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProxyTest {

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void handsTheRequestOnAsItIs() {
        var answer = Api.send(api.request(
                        "/api/v1/registries/left?dry-run=true&q=a%2Fb",
                        "If-Match", "\"3\"", "Content-Type", "application/json")
                .method("PUT", BodyPublishers.ofString("{\"vendor\":\"distribution\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        var seen = json(answer);
        assertThat(seen.path("method").asText()).isEqualTo("PUT");
        assertThat(seen.path("uri").asText()).isEqualTo("/api/v1/registries/left?dry-run=true&q=a%2Fb");
        assertThat(seen.path("body").asText()).isEqualTo("{\"vendor\":\"distribution\"}");
        assertThat(seen.at("/headers/if-match/0").asText()).isEqualTo("\"3\"");
        assertThat(answer.headers().firstValue("X-Kept")).contains("yes");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-hop");
    }

    @Test
    void sendsATokenOfItsOwnThatTheServiceCanVerify() throws Exception {
        var seen = json(api.get("/api/v1/registries"));

        var authorization = seen.path("headers").path("authorization");
        assertThat(authorization).hasSize(1);
        assertThat(seen.toString()).doesNotContain(api.token());
        var home = ConfigProvider.getConfig().getValue("longshore.home", Path.class);
        var keys = new JsonWebKeySet(Files.readString(home.resolve("keys/internal-jwks.json")));
        var claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256")
                .setExpectedIssuer("longshore-gateway")
                .setExpectedAudience("config-service")
                .setRequireExpirationTime()
                .setRequireJwtId()
                .build()
                .processToClaims(authorization.get(0).asText().replaceFirst("Bearer ", ""));
        assertThat(claims.getSubject()).isEqualTo("admin");
        assertThat(claims.getStringListClaimValue("visible")).containsExactly("*");
        assertThat(claims.getStringListClaimValue("permitted")).containsExactly("*");
        assertThat(claims.getStringClaimValue("addr")).isEqualTo("127.0.0.1");
        assertThat(claims.getJwtId()).startsWith("ses-");
        assertThat(Instant.ofEpochSecond(claims.getExpirationTime().getValue()))
                .isBefore(Instant.now().plusSeconds(61));
    }

    @Test
    void makesATokenForOneServiceOnly() {
        var config = json(api.get("/api/v1/registries"))
                .at("/headers/authorization/0")
                .asText();
        var scan = json(api.get("/api/v1/scans")).at("/headers/authorization/0").asText();
        var again = json(api.get("/api/v1/registries"))
                .at("/headers/authorization/0")
                .asText();

        assertThat(config).isNotEqualTo(scan).isEqualTo(again);
    }

    @Test
    void believesNothingThatStrangersSayOfThemselves() {
        var seen = json(api.get(
                        "/api/v1/images",
                        "X-Forwarded-For",
                        "192.0.2.1",
                        "X-Forwarded-Host",
                        "evil.example",
                        "Forwarded",
                        "for=192.0.2.1",
                        "X-Real-IP",
                        "192.0.2.1",
                        "Cookie",
                        "a=b",
                        "X-Request-Id",
                        "r-1"))
                .path("headers");

        assertThat(seen.fieldNames())
                .toIterable()
                .contains("x-request-id", "traceparent")
                .doesNotContain("x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip", "cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/registries/../../../q/metrics",
                "/api/v1/registries/%2e%2e/%2e%2e/q/metrics",
                "/api/v1/registries/a%2fb",
                "/api/v1/registries/a%252fb",
                "//api/v1/registries",
                "/api/v1//registries",
                "/api/v1/registries;x=y",
                "/webhooks/../api/v1/registries"
            })
    void refusesPathsThatCouldMeanSomethingElse(String path) {
        var answer = Api.raw("GET %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(path, api.token()));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "invalid-request");
    }

    @Test
    void refusesBackslashes() {
        assertThat(Api.raw("GET /api/v1/registries\\..\\q HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void readsAnAbsoluteAddressAsItsPath() {
        var answer = Api.raw(
                "GET http://10.0.0.1:9/api/v1/registries HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                        .formatted(api.token()));

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"uri\":\"/api/v1/registries\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length: -1",
                "Content-Length: x",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"
            })
    void doesNotHandOnBodiesOfTwoLengths(String headers) {
        var answer = Api.raw(
                "POST /api/v1/scans HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\n%s\r\n\r\n0\r\n\r\nGET /q/metrics HTTP/1.1\r\nHost: a\r\n\r\n"
                        .formatted(api.token(), headers));

        assertThat(answer).doesNotContain("jvm_").doesNotContain("\"body\":\"GET");
    }

    @Test
    void refusesLargeBodies() {
        var answer = api.post("/api/v1/scans", new byte[5 * 1024 * 1024]);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("code").asText()).isEqualTo("too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/scans", "/api/v1/sessions"})
    void refusesLargeBodiesThatDoNotSaySoBeforehand(String path) {
        var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        var begin = "d\r\n{\"username\":\"\r\n";
        var answer = Api.raw(
                "POST %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n%s"
                        .formatted(path, api.token(), begin + chunk.repeat(65) + "0\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "too-large");
    }

    @Test
    void handsLargeAnswersThrough() {
        var answer = api.get("/api/v1/sboms?mode=large&megabytes=40");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(40 * 1024 * 1024);
    }

    @Test
    void handsOnBodiesUpToTheBound() {
        var answer = api.post("/api/v1/scans", new byte[4 * 1024 * 1024]);

        assertThat(json(answer).path("bodyLength").asInt()).isEqualTo(4 * 1024 * 1024);
    }

    @Test
    void handsOnWhatTheServiceAnswers() {
        var problem = api.get("/api/v1/registries?mode=problem");
        var created = api.get("/api/v1/registries?mode=location");
        var nothing = api.delete("/api/v1/registries/left?mode=none");

        assertThat(problem.statusCode()).isEqualTo(409);
        assertThat(problem.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/registries/left");
        assertThat(nothing.statusCode()).isEqualTo(204);
    }

    @Test
    void saysWithinASecondThatAServiceIsDown() {
        var begun = Instant.now();
        var answer = api.get("/api/v1/replicas");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertUnavailable(answer);
    }

    @Test
    void givesUpOnAServiceThatFallsSilent() {
        assertUnavailable(api.get("/api/v1/retention-plans/17"));
        assertUnavailable(api.get("/api/v1/registries?mode=close"));
    }

    @Test
    void doesNotMakeABrokenAnswerLookWhole() {
        assertThatThrownBy(() -> api.get("/api/v1/registries?mode=break-off")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void neverHandsOnWhatIsTheServicesOwn() {
        assertThat(api.get("/api/v1/q/metrics").statusCode()).isEqualTo(404);
        assertThat(api.get("/control/stop-kafka").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/executions/xyz-1").statusCode()).isEqualTo(404);
    }

    @Test
    void listsTheExecutionsOfThoseThatAnswer() {
        var answer = api.get("/api/v1/executions?kind=scan&limit=10");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("items")).hasSize(2);
        assertThat(json(answer).path("unavailable").toString())
                .isEqualTo("[\"replication-service\",\"retention-service\"]");
        assertThat(api.get("/api/v1/executions?cursor=!").statusCode()).isEqualTo(400);
        assertThat(api.get("/api/v1/executions?limit=1000").statusCode()).isEqualTo(400);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 5));
        assertThat(answer.body()).doesNotContain("127.0.0.1");
    }
}
