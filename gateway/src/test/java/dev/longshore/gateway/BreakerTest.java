package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BreakerTest {

    private static final Duration EVENTUALLY = Duration.ofSeconds(60);

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @AfterEach
    void fallSilent() {
        Api.control("fall-silent");
    }

    @Test
    void asksAServiceThatHangsNoLongerAndAnswersForItAtOnce() {
        await().atMost(EVENTUALLY).untilAsserted(() -> {
            assertUnavailable(api.get("/api/v1/retention-plans/17"));
            assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"retention-service\"} 1.0");
        });

        var begun = Instant.now();
        IntStream.range(0, 20).forEach(_ -> assertUnavailable(api.get("/api/v1/retention-plans/17")));

        // Each would have been waited for by itself: 20 times half a second, and longer.
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(9));
        assertThat(api.get("/api/v1/registries").statusCode()).isEqualTo(200);
    }

    @Test
    void findsOutThatAServiceHangsWhileNobodyWaitsForIt() {
        Api.control("speak");
        await().atMost(EVENTUALLY)
                .untilAsserted(() ->
                        assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"retention-service\"} 0.0"));

        Api.control("fall-silent");

        await().atMost(EVENTUALLY)
                .untilAsserted(() ->
                        assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"retention-service\"} 1.0"));
        assertUnavailable(api.get("/api/v1/retention-plans/17"));
    }

    @Test
    void asksAServiceAgainOnceItIsBack() {
        await().atMost(EVENTUALLY)
                .untilAsserted(
                        () -> assertThat(api.get("/api/v1/retention-plans/17").statusCode())
                                .isEqualTo(503));

        Api.control("speak");

        await().atMost(EVENTUALLY)
                .untilAsserted(
                        () -> assertThat(api.get("/api/v1/retention-plans/17").statusCode())
                                .isEqualTo(200));
        assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"retention-service\"} 0.0");
    }

    @Test
    void asksAServiceThatTakesNoConnectionNoLonger() {
        IntStream.range(0, 5).forEach(_ -> assertUnavailable(api.get("/api/v1/replicas")));

        await().atMost(EVENTUALLY)
                .untilAsserted(() ->
                        assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"replication-service\"} 1.0"));
    }

    @Test
    void waitsForAServiceThatIsSlowAndLives() {
        // Silent for longer than it takes to be suspected; the answer is that of the hop's own time limit.
        var begun = Instant.now();
        assertUnavailable(api.get("/api/v1/registries?mode=silent"));

        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        assertThat(metrics()).contains("longshore_proxy_cut_off{service=\"config-service\"} 0.0");
        assertThat(api.get("/api/v1/registries").statusCode()).isEqualTo(200);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static String metrics() {
        return Api.anonymous().get("/q/metrics").body();
    }
}
