package dev.longshore.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.testkit.InternalTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @BeforeEach
    void makeTheFirst() {
        InternalTokens.in(home);
    }

    @Test
    void publishesANewKeyBeforeItSignsAndAnOldOneAWhileBehind() throws IOException {
        var keys = keys("30d", "1s");
        var first = keys.current().id();

        var made = keys.rotate().await().atMost(PATIENCE);

        assertThat(published()).containsExactly(first, made.kid());
        assertThat(made.signs()).isFalse();
        assertThat(keys.current().id()).isEqualTo(first);
        await().atMost(PATIENCE).untilAsserted(() -> {
            look(keys);
            assertThat(keys.current().id()).isEqualTo(made.kid());
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            look(keys);
            assertThat(published()).containsExactly(made.kid());
        });
        // Under the name by which it is configured: the next start finds it.
        assertThat(keys("30d", "1s").current().id()).isEqualTo(made.kid());
        assertThat(signing()).containsExactly("internal-signing.jwk");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("keys/internal-signing.jwk"))))
                .isEqualTo("rw-------");
    }

    @Test
    void makesANewOneOfItselfWhenTheTimeHasCome() {
        var keys = keys("2s", "1s");
        var first = keys.current().id();

        await().atMost(PATIENCE).untilAsserted(() -> {
            look(keys);
            assertThat(keys.current().id()).isNotEqualTo(first);
        });
    }

    @Test
    void sharesItsKeysWithOtherGatewaysOfTheSameFolder() {
        var one = keys("30d", "0s");
        var other = keys("30d", "0s");

        var made = one.rotate().await().atMost(PATIENCE);

        await().atMost(PATIENCE).untilAsserted(() -> {
            look(other);
            assertThat(other.current().id()).isEqualTo(made.kid());
        });
    }

    @Test
    void publishesNoSecretHalf() throws IOException {
        var keys = keys("30d", "1m");
        keys.rotate().await().atMost(PATIENCE);

        assertThat(keys.publicSet()).doesNotContain("\"d\"").isEqualToIgnoringWhitespace(publishedText());
        assertThat(keys.list()).hasSize(2);
    }

    private SigningKeys keys(String lifetime, String overlap) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(InternalTokensConfig.class)
                .addDefaultInterceptors()
                .withDefaultValues(Map.of(
                        "longshore.proxy.signing-key",
                        home.resolve("keys/internal-signing.jwk").toString(),
                        "longshore.proxy.published-keys",
                        home.resolve("keys/internal-jwks.json").toString(),
                        "longshore.proxy.key-lifetime",
                        lifetime,
                        "longshore.proxy.key-overlap",
                        overlap))
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build();
        return new SigningKeys(
                config.getConfigMapping(InternalTokensConfig.class), new BlockingCalls(), new SimpleMeterRegistry());
    }

    private static void look(SigningKeys keys) {
        keys.look().await().atMost(PATIENCE);
    }

    private List<String> signing() throws IOException {
        try (var files = Files.list(home.resolve("keys"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jwk"))
                    .toList();
        }
    }

    private String publishedText() throws IOException {
        return Files.readString(home.resolve("keys/internal-jwks.json"));
    }

    private List<String> published() throws IOException {
        try {
            return new JsonWebKeySet(publishedText())
                    .getJsonWebKeys().stream().map(JsonWebKey::getKeyId).toList();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
