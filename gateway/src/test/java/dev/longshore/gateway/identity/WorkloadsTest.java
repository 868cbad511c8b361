package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.TestIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WorkloadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String AUDIENCE = "https://longshore.example.com";
    private static final Map<String, Object> GITHUB = Map.of(
            "sub", "repo:corp/shop:ref:refs/heads/main",
            "aud", AUDIENCE,
            "repository", "corp/shop",
            "ref", "refs/heads/main",
            "repository_owner", "corp",
            "run_id", "123456789");

    @Inject
    Database database;

    private final Api admin = Api.signedIn();
    private final TestIssuer issuer = new TestIssuer();
    private final PublicJsonWebKey key = issuer.addKey("RS256");
    private final String name =
            "release-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    @AfterEach
    void stop() {
        admin.delete("/api/v1/trust-rules/" + name);
        issuer.close();
    }

    @Test
    void aWorkloadOfGithubIsKnownByWhatItsPlatformSigned() {
        trust("{\"repository\":\"corp/*\",\"ref\":\"refs/heads/main\"}");

        var me = json(with(GITHUB).get("/api/v1/users/current"));

        assertThat(me.path("kind").asText()).isEqualTo("workload");
        assertThat(me.path("name").asText()).isEqualTo("workload/" + name + "/repo:corp/shop:ref:refs/heads/main");
        assertThat(me.path("id").asText()).matches("wl-[0-9a-f]{16}");
        assertThat(me.path("roles").toString()).isEqualTo("{\"shop\":[\"developer\"]}");
        assertThat(with(GITHUB).get("/api/v1/users").statusCode()).isEqualTo(403);
    }

    @Test
    void soAreThoseOfGitlabAndKubernetes() {
        trust("{\"project_path\":\"corp/shop\",\"ref_protected\":\"true\"}");
        var gitlab = Map.<String, Object>of(
                "sub", "project_path:corp/shop:ref_type:branch:ref:main",
                "aud", List.of(AUDIENCE),
                "project_path", "corp/shop",
                "ref_protected", "true");
        assertThat(status(with(gitlab))).isEqualTo(200);

        trust("{\"/kubernetes.io/namespace\":\"shop\",\"sub\":\"system:serviceaccount:shop:*\"}");
        var kubernetes = Map.<String, Object>of(
                "sub", "system:serviceaccount:shop:deployer",
                "aud", List.of("other", AUDIENCE),
                "kubernetes.io", Map.of("namespace", "shop", "serviceaccount", Map.of("name", "deployer")));
        assertThat(status(with(kubernetes))).isEqualTo(200);
        assertThat(status(with(kubernetes, "sub", "system:serviceaccount:lab:deployer")))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"})
    void takesEverySignatureByAPrivateKey(String algorithm) {
        var other = issuer.addKey(algorithm);
        trust("{\"repository\":\"corp/shop\"}");

        assertThat(status(Api.with(TestIssuer.sign(issuer.claims(GITHUB), other))))
                .isEqualTo(200);
    }

    static Stream<Arguments> nearMisses() {
        return Stream.of(
                miss("expired", claims -> claims.setExpirationTime(in(-61))),
                miss("without an end", claims -> claims.unsetClaim("exp")),
                miss("not yet good", claims -> claims.setNotBefore(in(90))),
                miss("made in the future", claims -> claims.setIssuedAt(in(90))),
                miss("made at no time", claims -> claims.unsetClaim("iat")),
                miss("for another audience", claims -> claims.setAudience("https://other.example.com")),
                miss("for no audience", claims -> claims.unsetClaim("aud")),
                miss("of another repository", claims -> claims.setStringClaim("repository", "corp/shop-evil")),
                miss("of an owner alike", claims -> claims.setStringClaim("repository", "evilcorp/shop")),
                miss("of a longer path", claims -> claims.setStringClaim("repository", "corp/shop/deep")),
                miss("of a claim that is an object", claims -> claims.setClaim("repository", Map.of("corp/shop", 1))),
                miss("of no repository", claims -> claims.unsetClaim("repository")),
                miss("of nobody", claims -> claims.unsetClaim("sub")),
                miss("of another issuer", claims -> claims.setIssuer("https://issuer.example.com")),
                miss("of an issuer alike", claims -> claims.setIssuer(claims.getClaimValueAsString("iss") + "/")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nearMisses")
    void refusesNearMisses(String what, Consumer<JwtClaims> change) {
        trust("{\"repository\":\"corp/shop\"}");
        assertThat(status(with(GITHUB))).isEqualTo(200);
        var claims = issuer.claims(GITHUB);
        change.accept(claims);

        assertThat(status(Api.with(TestIssuer.sign(claims, key)))).as(what).isEqualTo(401);
    }

    @Test
    void clocksMayDifferByAMinute() {
        trust("{\"repository\":\"corp/shop\"}");
        var claims = issuer.claims(GITHUB);
        claims.setExpirationTime(in(-30));
        var early = issuer.claims(GITHUB);
        early.setNotBefore(in(30));
        early.setIssuedAt(in(30));

        assertThat(status(Api.with(TestIssuer.sign(early, key)))).isEqualTo(200);
        // Known for no longer than it is good.
        assertThat(status(Api.with(TestIssuer.sign(claims, key)))).isEqualTo(401);
    }

    @Test
    void refusesForgeries() throws JoseException {
        trust("{\"repository\":\"corp/shop\"}");
        var claims = issuer.claims(GITHUB);
        var good = TestIssuer.sign(claims, key);
        var parts = good.split("\\.");
        var stranger = TestIssuer.newKey("RS256");
        stranger.setKeyId(key.getKeyId());

        var forged = new HashMap<String, String>();
        forged.put("alg none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        forged.put("alg None", encoded("{\"alg\":\"None\"}") + "." + parts[1] + ".");
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("another's signature", TestIssuer.sign(claims, stranger));
        forged.put("unknown key", TestIssuer.sign(claims, TestIssuer.newKey("RS256")));
        forged.put("HS256 with the public key", hmac(claims));
        forged.put(
                "other claims under the signature",
                parts[0] + "." + encoded(claims.toJson().replace("corp", "evil")) + "." + parts[2]);
        forged.put("a key that it brings along", withKey(claims, stranger));
        forged.put("a part too many", good + ".x");
        forged.put("not JSON", "eyJ." + parts[1] + "." + parts[2]);

        assertThat(status(Api.with(good))).isEqualTo(200);
        forged.forEach(
                (what, token) -> assertThat(status(Api.with(token))).as(what).isEqualTo(401));
    }

    @Test
    void refusesTokensThatAreTooLargeOrInTheQuery() {
        trust("{\"repository\":\"corp/shop\"}");
        var good = TestIssuer.sign(issuer.claims(GITHUB), key);
        var large = TestIssuer.sign(issuer.claims(Map.of("padding", "x".repeat(14_000))), key);

        assertThat(status(Api.with(large))).isIn(401, 431);
        assertThat(Api.anonymous()
                        .get("/api/v1/users/current?access_token=" + good)
                        .statusCode())
                .isEqualTo(400);
        assertThat(Api.raw(
                        "GET /api/v1/users/current HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                + "eyJ" + "x".repeat(1 << 20) + ".x.x\r\n\r\n"))
                .doesNotContain("HTTP/1.1 200")
                .doesNotContain("HTTP/1.1 500");
    }

    @Test
    void keysRotateInTheMiddle() {
        trust("{\"repository\":\"corp/shop\"}");
        assertThat(status(with(GITHUB))).isEqualTo(200);

        var next = issuer.addKey("ES256");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(Api.with(TestIssuer.sign(issuer.claims(GITHUB), next))))
                        .isEqualTo(200));
        assertThat(status(with(GITHUB))).isEqualTo(200);
    }

    @Test
    void goesOnWhileTheIssuerIsAway() {
        trust("{\"repository\":\"corp/shop\"}");
        assertThat(status(with(GITHUB))).isEqualTo(200);
        issuer.goAway(true);

        assertThat(status(Api.with(TestIssuer.sign(issuer.claims(GITHUB), TestIssuer.newKey("RS256")))))
                .isEqualTo(401);
        assertThat(status(with(GITHUB))).isEqualTo(200);
        assertThat(status(with(GITHUB, "run_id", "2"))).isEqualTo(200);
    }

    @Test
    void manyUnknownKeysAreNotManyQuestions() {
        trust("{\"repository\":\"corp/shop\"}");
        assertThat(status(with(GITHUB))).isEqualTo(200);
        var begun = System.nanoTime();
        var unknown = TestIssuer.newKey("ES256");

        IntStream.range(0, 100).forEach(i -> {
            unknown.setKeyId("unknown-" + i);
            status(Api.with(TestIssuer.sign(issuer.claims(GITHUB), unknown)));
        });

        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertThat(issuer.timesAsked()).isLessThanOrEqualTo((int) seconds + 3);
    }

    @Test
    void asksNobodyWhomNoRuleNames() {
        assertThat(status(with(GITHUB))).isEqualTo(401);
        assertThat(issuer.timesAsked()).isZero();
    }

    @Test
    void aRuleThatIsChangedOrRemovedCountsAtOnce() {
        trust("{\"repository\":\"corp/shop\"}");
        var api = with(GITHUB);
        assertThat(status(api)).isEqualTo(200);

        trust("{\"repository\":\"corp/other\"}");
        assertThat(status(api)).isEqualTo(401);

        trust("{\"repository\":\"corp/shop\"}");
        assertThat(status(api)).isEqualTo(200);
        assertThat(admin.delete("/api/v1/trust-rules/" + name).statusCode()).isEqualTo(204);
        assertThat(status(api)).isEqualTo(401);
        assertThat(database.audited("trust-rule.deleted", "trust-rules/" + name))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"issuer\":\"https://i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"**\"},\"roles\":[\"viewer\"]} | /claims",
                "{\"issuer\":\"https://i.example\",\"audience\":\"a\",\"claims\":{},\"roles\":[\"viewer\"]} | /claims",
                "{\"issuer\":\"ftp://i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"viewer\"]} | /issuer",
                "{\"issuer\":\"https://u:p@i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"viewer\"]} | /issuer",
                "{\"issuer\":\"https://169.254.169.254\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"viewer\"]} | /issuer",
                "{\"issuer\":\"https://i.example\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"viewer\"]} | /audience",
                "{\"issuer\":\"https://i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"god\"]} | /roles",
                "{\"issuer\":\"https://i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[]} | /roles",
                "{\"issuer\":\"https://i.example\",\"audience\":\"a\",\"claims\":{\"sub\":\"x\"},\"roles\":[\"viewer\"],\"algorithms\":[\"none\"]} | /algorithms"
            })
    void namesTheFieldThatIsWrong(String body, String pointer) {
        var answer = admin.put("/api/v1/trust-rules/" + name, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(pointer);
    }

    @Test
    void aRuleHasAVersion() {
        trust("{\"repository\":\"corp/shop\"}");
        var shown = admin.get("/api/v1/trust-rules/" + name);

        assertThat(shown.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(json(shown).path("claims").path("repository").asText()).isEqualTo("corp/shop");
        assertThat(admin.get("/api/v1/trust-rules?limit=200").body()).contains(name);
        assertThat(admin.delete("/api/v1/trust-rules/" + name, "If-Match", "\"9\"")
                        .statusCode())
                .isEqualTo(412);
    }

    private void trust(String claims) {
        var answer = admin.put(
                "/api/v1/trust-rules/" + name,
                "{\"issuer\":\"%s\",\"audience\":\"%s\",\"claims\":%s,\"project\":\"shop\",\"roles\":[\"developer\"]}"
                        .formatted(issuer.url(), AUDIENCE, claims));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private Api with(Map<String, Object> claims) {
        return Api.with(TestIssuer.sign(issuer.claims(claims), key));
    }

    private Api with(Map<String, Object> claims, String name, String value) {
        var changed = new HashMap<>(claims);
        changed.put(name, value);
        return with(changed);
    }

    private static int status(Api api) {
        return api.get("/api/v1/users/current").statusCode();
    }

    private static Arguments miss(String what, Consumer<JwtClaims> change) {
        return Arguments.of(what, change);
    }

    private static NumericDate in(int seconds) {
        var date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private String hmac(JwtClaims claims) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        return signature.getCompactSerialization();
    }

    private static String withKey(JwtClaims claims, PublicJsonWebKey key) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue("RS256");
        signature.setJwkHeader(key);
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }
}
