package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.testkit.InternalTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The service asked directly, past the gateway. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class InternalTokenTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final String REGISTRIES = "/api/v1/registries";

    @Test
    void asksForATokenForEverythingButHealthAndMetrics() {
        assertThat(Api.anonymously(REGISTRIES).status()).isEqualTo(401);
        assertThat(Api.anonymously("/api/v1/nothing").status()).isEqualTo(401);
        assertThat(Api.anonymously("/q/health/live").status()).isEqualTo(200);
        assertThat(Api.anonymously("/q/metrics").status()).isEqualTo(200);
    }

    @Test
    void takesATokenForItselfAndThisOperation() {
        assertThat(Api.with(token("config-service", "GET " + REGISTRIES, MINUTE), "GET", REGISTRIES)
                        .status())
                .isEqualTo(200);
        assertThat(Api.with(token("config-service", "GET " + REGISTRIES, MINUTE), "GET", REGISTRIES + "?limit=1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesATokenForAnotherService() {
        assertThat(Api.with(token("scan-service", "GET " + REGISTRIES, MINUTE), "GET", REGISTRIES)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesAnExpiredToken() {
        assertThat(Api.with(token("config-service", "GET " + REGISTRIES, MINUTE.negated()), "GET", REGISTRIES)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesATokenThatWouldBeGoodForTooLong() {
        assertThat(Api.with(token("config-service", "GET " + REGISTRIES, Duration.ofHours(1)), "GET", REGISTRIES)
                        .status())
                .isEqualTo(401);
    }

    /** What is stolen from a read is not good for a change, nor for the same at another thing. */
    @Test
    void refusesATokenOfAnotherOperation() {
        var read = token("config-service", "GET " + REGISTRIES + "/left", MINUTE);

        assertThat(Api.with(read, "DELETE", REGISTRIES + "/left").status()).isEqualTo(403);
        assertThat(Api.with(read, "GET", REGISTRIES + "/right").status()).isEqualTo(403);
        assertThat(Api.with(read, "GET", REGISTRIES).status()).isEqualTo(403);
    }

    @Test
    void refusesATokenThatIsNotSignedOrBySomeoneElse() throws IOException {
        var good = token("config-service", "GET " + REGISTRIES, MINUTE);
        var parts = good.split("\\.");
        var none = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        var stranger = InternalTokens.in(Files.createTempDirectory("longshore-stranger-"))
                .forOperation("config-service", "GET " + REGISTRIES, MINUTE);

        assertThat(Api.with(none, "GET", REGISTRIES).status()).isEqualTo(401);
        assertThat(Api.with(parts[0] + "." + parts[1] + ".AAAA", "GET", REGISTRIES)
                        .status())
                .isEqualTo(401);
        assertThat(Api.with(stranger, "GET", REGISTRIES).status()).isEqualTo(401);
        assertThat(Api.with("x".repeat(7000), "GET", REGISTRIES).status()).isEqualTo(401);
    }

    @Test
    void believesANewKeyWithoutARestartAndAnOldOneNoLonger() throws Exception {
        var home = Files.createTempDirectory("longshore-rotated-");
        var rotated = InternalTokens.in(home);
        var published = Api.home().resolve("keys/internal-jwks.json");
        var before = Files.readString(published);
        var both = before.replaceFirst("\\]\\s*\\}\\s*$", "")
                + Files.readString(home.resolve("keys/internal-jwks.json")).replaceFirst("^\\{\"keys\":\\[", ",");
        try {
            replace(published, both);
            // Looks into the file for a key that it does not know, twice a second at most.
            org.awaitility.Awaitility.await()
                    .atMost(MINUTE)
                    .untilAsserted(() -> assertThat(Api.with(
                                            rotated.forOperation("config-service", "GET " + REGISTRIES, MINUTE),
                                            "GET",
                                            REGISTRIES)
                                    .status())
                            .isEqualTo(200));
            assertThat(Api.get(REGISTRIES).status()).isEqualTo(200);
        } finally {
            replace(published, before);
        }
        org.awaitility.Awaitility.await()
                .atMost(MINUTE)
                .untilAsserted(() -> assertThat(Api.with(
                                        rotated.forOperation("config-service", "GET " + REGISTRIES, MINUTE),
                                        "GET",
                                        REGISTRIES)
                                .status())
                        .isEqualTo(401));
    }

    /** The same operation may be repeated while the token lives: what it does is idempotent or has a precondition. */
    @Test
    void boundsAReplayToTheOperationAndItsMinute() {
        var stolen = token("config-service", "GET " + REGISTRIES, Duration.ofSeconds(2));

        assertThat(Api.with(stolen, "GET", REGISTRIES).status()).isEqualTo(200);
        assertThat(Api.with(stolen, "GET", REGISTRIES).status()).isEqualTo(200);
        org.awaitility.Awaitility.await()
                .atMost(MINUTE)
                .untilAsserted(() ->
                        assertThat(Api.with(stolen, "GET", REGISTRIES).status()).isEqualTo(401));
    }

    @Test
    void listensOnLoopbackAlone() throws IOException {
        var port = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class))
                .getPort();
        var others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .toList();

        assertThat(ConfigProvider.getConfig().getValue("quarkus.http.host", String.class))
                .isEqualTo("127.0.0.1");
        for (InetAddress address : others) {
            assertThatThrownBy(() -> {
                        try (var socket = new Socket()) {
                            socket.connect(new InetSocketAddress(address, port), 2000);
                        }
                    })
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static String token(String service, String operation, Duration life) {
        return InternalTokens.in(Api.home()).forOperation(service, operation, life);
    }

    private static void replace(Path file, String text) throws IOException {
        var partial = Files.createTempFile(file.getParent(), "new-", ".tmp");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
