package dev.longshore.gateway.identity;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Database;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SignInThrottleTest {

    private static final String PASSWORD = "correct horse battery";

    @Inject
    Database database;

    private final String name = "victim-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    @BeforeEach
    void make() {
        Api.signedIn().put("/api/v1/users/" + name, "{\"role\":\"viewer\",\"password\":\"" + PASSWORD + "\"}");
    }

    @Test
    void whoGuessesWaits() {
        var stranger = Api.anonymousAt("127.77.1.1");

        var answers = IntStream.range(0, 12)
                .mapToObj(_ -> stranger.signIn(name, "a guess"))
                .toList();

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 401).hasSizeBetween(6, 11);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .isNotEmpty()
                .allSatisfy(answer -> {
                    assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                            .isPositive();
                    assertThat(json(answer).path("code").asText()).isEqualTo("too-many-requests");
                });
        // The right password is not tried either: the answer would tell that it is the right one.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(stranger.signIn(name, "a guess").statusCode())
                        .isEqualTo(429));
        assertThat(stranger.signIn(name, PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void unknownNamesAreSlowedDownAsKnownOnes() {
        var stranger = Api.anonymousAt("127.77.1.2");
        var answers = IntStream.range(0, 12)
                .mapToObj(_ -> stranger.signIn("nobody-" + name, "a guess").statusCode())
                .toList();

        assertThat(answers).contains(401, 429).containsOnly(401, 429);
    }

    @Test
    void aStrangersGuessesKeepNobodyOutWhereTheyAreKnown() {
        var home = Api.anonymousAt("127.77.2.1");
        assertThat(home.signIn(name, PASSWORD).statusCode()).isEqualTo(201);

        // Many addresses, a few guesses each: the account's own count.
        IntStream.range(0, 60)
                .forEach(i -> Api.anonymousAt("127.78.0." + (1 + i / 4)).signIn(name, "guess " + i));

        assertThat(Api.anonymousAt("127.79.0.1").signIn(name, PASSWORD).statusCode())
                .isEqualTo(429);
        assertThat(home.signIn(name, PASSWORD).statusCode()).isEqualTo(201);
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(Api.anonymousAt("127.79.0.1")
                                .signIn(name, PASSWORD)
                                .statusCode())
                        .isEqualTo(201));
    }

    @Test
    void anAddressThatTriesManyNamesWaits() {
        var home = Api.anonymousAt("127.80.0.1");
        assertThat(home.signIn(name, PASSWORD).statusCode()).isEqualTo(201);

        var answers = IntStream.range(0, 60)
                .mapToObj(i -> home.signIn("name-" + i, "guess").statusCode())
                .toList();

        assertThat(answers).contains(401, 429).containsOnly(401, 429);
        assertThat(home.signIn(name, PASSWORD).statusCode())
                .as("who shares the address, and is known at it")
                .isEqualTo(201);
        assertThat(database.rows("select key from sign_in_attempt"))
                .as("what was typed is nowhere")
                .allSatisfy(row -> assertThat(row.getString("key")).matches("[0-9a-f]{64}"));
    }

    @Test
    void aFewMistakesAreForgiven() {
        var home = Api.anonymousAt("127.81.0.1");
        for (var i = 0; i < 4; i++) {
            IntStream.range(0, 3).forEach(_ -> home.signIn(name, "a mistake"));
            assertThat(home.signIn(name, PASSWORD).statusCode()).isEqualTo(201);
        }
    }
}
