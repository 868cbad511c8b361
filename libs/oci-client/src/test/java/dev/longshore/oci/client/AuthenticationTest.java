package dev.longshore.oci.client;

import static dev.longshore.oci.client.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RegistryException.InvalidAnswer;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.testkit.registry.Recorded;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestContent;
import dev.longshore.testkit.registry.TestImage;
import dev.longshore.testkit.registry.TestImages;
import io.smallrye.mutiny.Uni;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {

    private static final Tagged LATEST = new Tagged("shop/api", "latest");
    private static final Credentials.Basic RIGHT = new Credentials.Basic("ci", "s3cret-päss");
    private static final Credentials.Basic WRONG = new Credentials.Basic("ci", "guessed-wrong");

    @RegisterExtension
    final ClientFixture clients = new ClientFixture();

    private final TestImage image = TestImages.image("behind a door");
    private ScriptedRegistry registry;

    @BeforeEach
    void start() {
        registry = ScriptedRegistry.start();
        registry.hold("shop/api", "latest", image);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void sendsThePasswordOnlyAfterItWasAskedFor() {
        registry.withBasicAuthentication("ci", "s3cret-päss");
        var client = client(RIGHT);

        await(client.getManifest(LATEST));
        await(client.getManifest(LATEST));

        assertThat(authorizations()).containsExactly(false, true, true);
    }

    @Test
    void sendsNoPasswordToWhoAsksForNone() {
        await(client(RIGHT).getManifest(LATEST));

        assertThat(authorizations()).containsExactly(false);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        registry.withBasicAuthentication("ci", "s3cret-päss");

        var failure =
                catchThrowableOfType(Rejected.class, () -> await(client(WRONG).getManifest(LATEST)));

        assertThat(failure.isUnauthorized()).isTrue();
        assertThat(failure.code()).isEqualTo("UNAUTHORIZED");
        assertThat(failure.getMessage()).doesNotContain("guessed-wrong");
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void getsOneTokenForManyWhoNeedIt() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofMinutes(5));
        registry.distort("GET", "/token", 1, proper -> proper.after(Duration.ofMillis(100)));
        var client = client(RIGHT);

        var all =
                IntStream.range(0, 20).mapToObj(_ -> client.getManifest(LATEST)).toList();
        await(Uni.join().all(all).andFailFast());

        assertThat(registry.requests("GET", "/token")).hasSize(1);
        assertThat(registry.requests("GET", "/token").getFirst().query())
                .contains("service=scripted")
                .contains("scope=repository%3Ashop%2Fapi%3Apull");
    }

    @Test
    void keepsATokenForEachScope() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofMinutes(5));
        var client = client(RIGHT);
        var blob = new TestContent("x/y", new byte[] {1});

        await(client.getManifest(LATEST));
        await(client.putBlob("shop/new", "x/y", blob.bytes()));
        await(client.mountBlob("shop/other", Digest.parse(blob.digest()), "shop/new"));
        await(client.headManifest(LATEST));

        assertThat(registry.requests("GET", "/token"))
                .extracting(AuthenticationTest::scopes)
                .containsExactly(
                        "repository:shop/api:pull",
                        "repository:shop/new:pull",
                        "repository:shop/new:pull,push",
                        "repository:shop/new:pull repository:shop/other:pull,push");
    }

    @Test
    void renewsATokenBeforeItsEnd() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofSeconds(1));
        var client = client(RIGHT);
        await(client.getManifest(LATEST));

        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            await(client.getManifest(LATEST));
            assertThat(registry.requests("GET", "/token")).hasSizeGreaterThanOrEqualTo(3);
        });
        // One 401 taught the client how to ask; no later request met the end of its token.
        assertThat(registry.requests("GET", "/v2/.*").stream()
                        .filter(request -> request.header("Authorization").isEmpty()))
                .hasSize(1);
    }

    @Test
    void getsAnotherTokenOnceIfItsOwnIsRefused() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofMinutes(5));
        var client = client(RIGHT);
        await(client.getManifest(LATEST));
        var challenge = "Bearer realm=\"%s/token\",service=\"scripted\"".formatted(registry.uri());
        registry.answer("GET", "/v2/.*", 1, Reply.of(401).with("WWW-Authenticate", challenge));

        assertThat(await(client.getManifest(LATEST))).isPresent();

        registry.answer("GET", "/v2/.*", ScriptedRegistry.ALWAYS, Reply.of(401).with("WWW-Authenticate", challenge));
        assertThat(catchThrowableOfType(Rejected.class, () -> await(client.getManifest(LATEST)))
                        .isUnauthorized())
                .isTrue();
        assertThat(registry.requests("GET", "/token")).hasSize(3);
    }

    @Test
    void saysThatTheTokenServiceRefused() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofMinutes(5));

        var failure =
                catchThrowableOfType(Rejected.class, () -> await(client(WRONG).getManifest(LATEST)));

        assertThat(failure.isUnauthorized()).isTrue();
        assertThat(failure)
                .hasMessage("Could not get a token from %s: the token service answered 401"
                        .formatted(registry.uri().getAuthority()));
    }

    @Test
    void saysThatTheTokenServiceGaveNoToken() {
        registry.withTokens("ci", "s3cret-päss", Duration.ofMinutes(5));
        registry.answer("GET", "/token", 1, Reply.json(200, "{\"access_token\":\"line\\r\\nbreak\"}"));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class, () -> await(client(RIGHT).getManifest(LATEST))))
                .hasMessageEndingWith("the token service answered without a token");
    }

    @Test
    void sendsAGivenTokenAsItIs() {
        await(client(new Credentials.Token("abc")).getManifest(LATEST));

        assertThat(registry.requests().getFirst().header("Authorization")).contains("Bearer abc");
    }

    @Test
    void showsNoSecretInItsOptions() {
        var options = RegistryClientOptions.of(registry.uri()).withCredentials(RIGHT);

        assertThat(options.toString()).doesNotContain("s3cret").contains("ci");
        assertThat(options.withCredentials(new Credentials.Token("abc")).toString())
                .doesNotContain("abc");
    }

    @Test
    void keepsTheSecretFromWhereItIsRedirectedTo() {
        try (var storage = ScriptedRegistry.start()) {
            storage.hold("shop/api", "latest", image);
            var blob = image.blobs().getLast();
            var target = storage.uri().resolve("/v2/shop/api/blobs/" + blob.digest() + "?signature=a%2Fb");
            registry.withBasicAuthentication("ci", "s3cret-päss");
            var client = client(RIGHT);
            await(client.ping());
            registry.answer("GET", "/v2/shop/api/blobs/.*", 1, Reply.redirect(307, target));

            var opened = await(client.getBlob("shop/api", Digest.parse(blob.digest())))
                    .orElseThrow();

            assertThat(ClientFixture.read(opened)).isEqualTo(blob.bytes());
            assertThat(storage.requests()).singleElement().satisfies(request -> {
                assertThat(request.header("Authorization")).isEmpty();
                assertThat(request.query()).isEqualTo("signature=a%2Fb");
            });
        }
    }

    @Test
    void doesNotLogInWhereItIsRedirectedTo() {
        try (var storage = ScriptedRegistry.start().withBasicAuthentication("ci", "s3cret-päss")) {
            registry.answer(
                    "GET", "/v2/.*", 1, Reply.redirect(302, storage.uri().resolve("/v2/shop/api/manifests/latest")));

            var failure = catchThrowableOfType(
                    Rejected.class, () -> await(client(RIGHT).getManifest(LATEST)));

            assertThat(failure.isUnauthorized()).isTrue();
            assertThat(storage.requests())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEmpty());
        }
    }

    @Test
    void doesNotFollowRedirectsWithoutEnd() {
        registry.answer(
                "GET",
                "/v2/.*",
                ScriptedRegistry.ALWAYS,
                Reply.redirect(302, registry.uri().resolve("/v2/")));

        assertThat(catchThrowableOfType(
                        InvalidAnswer.class, () -> await(client(RIGHT).getManifest(LATEST))))
                .hasMessageEndingWith("the registry redirects without end");
        assertThat(registry.requests()).hasSize(6);
    }

    private RegistryClient client(Credentials credentials) {
        return clients.client(registry.uri(), options -> options.withCredentials(credentials));
    }

    private List<Boolean> authorizations() {
        return registry.requests().stream()
                .map(request -> request.header("Authorization").isPresent())
                .toList();
    }

    private static String scopes(Recorded request) {
        return List.of(request.query().split("&")).stream()
                .filter(parameter -> parameter.startsWith("scope="))
                .map(parameter -> URLDecoder.decode(parameter.substring(6), StandardCharsets.UTF_8))
                .sorted()
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }
}
