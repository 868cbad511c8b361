package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Slow;
import dev.longshore.gateway.suite.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestProfile(LimitsTest.Strict.class)
class LimitsTest {

    /** An hour, so that nothing comes back while the test runs. */
    public static class Strict implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "longshore.limits.window", "1h",
                    "longshore.limits.identity", "40",
                    "longshore.limits.snap", "20",
                    "longshore.limits.snap-anonymous", "3",
                    "longshore.limits.concurrent", "6",
                    "longshore.limits.concurrent-per-identity", "3",
                    "longshore.proxy.silence", "30s");
        }
    }

    @Test
    void refusesOneWhoAsksTooOftenAndSaysWhenToComeAgain() {
        var api = Api.with(account("asks-often").token());
        var first = api.get("/api/v1/registries");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(field(first, "RateLimit-Policy")).contains("\"identity\";q=40;w=3600", "\"address\";q=12000;w=3600");
        assertThat(field(first, "RateLimit")).contains("\"identity\";r=39;t=90");

        var answers = IntStream.range(0, 40)
                .mapToObj(_ -> api.get("/api/v1/registries"))
                .toList();

        assertThat(answers.subList(0, 39)).allMatch(answer -> answer.statusCode() == 200);
        var refused = answers.getLast();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).path("code").asText()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(field(refused, "Retry-After"))).isBetween(1, 90);
        assertThat(field(refused, "RateLimit")).contains("\"identity\";r=0;t=" + field(refused, "Retry-After"));
        // Whoever signs in again is the same.
        assertThat(Api.with(signIn("asks-often")).get("/api/v1/registries").statusCode())
                .isEqualTo(429);
        assertThat(Api.with(account("asks-seldom").token())
                        .get("/api/v1/registries")
                        .statusCode())
                .isEqualTo(200);
        assertThat(metrics()).contains("longshore_limit_refused_total{limit=\"identity\"}");
    }

    @Test
    void countsCallsOfSnapAsItsCallersAreUsedTo() {
        var api = Api.with(account("snap-user").token());
        var begun = Instant.now().getEpochSecond();

        var answers = IntStream.range(0, 21)
                .mapToObj(_ -> api.get("/config/registry/list"))
                .toList();

        assertThat(answers.subList(0, 20)).noneMatch(answer -> answer.statusCode() == 429);
        assertThat(field(answers.getFirst(), "X-RateLimit-Limit")).isEqualTo("20");
        assertThat(field(answers.getFirst(), "X-RateLimit-Remaining")).isEqualTo("19");
        assertThat(Long.parseLong(field(answers.getFirst(), "X-RateLimit-Reset")))
                .isBetween(begun + 170, begun + 200);
        var refused = answers.getLast();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).path("success").asBoolean(true)).isFalse();
        assertThat(json(refused).path("code").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(field(refused, "Retry-After")).isNotEmpty();
    }

    @Test
    void countsStrangersCallsOfSnapByTheirAddress() {
        var answers = IntStream.range(0, 4)
                .mapToObj(_ -> Api.with("no-such-token").get("/config/registry/list"))
                .toList();

        assertThat(answers.subList(0, 2)).allMatch(answer -> answer.statusCode() == 401);
        assertThat(answers.getLast().statusCode()).isEqualTo(429);
        assertThat(field(answers.getLast(), "X-RateLimit-Limit")).isEqualTo("3");
    }

    @Test
    void takesSoManyOfOneAtOnceAndSoManyInAll() {
        var alice = account("alice").token();
        var bob = account("bob").token();
        var waiting = new ArrayList<Slow>();
        try {
            // The service that is asked never says a word, but that it lives.
            // One at a time: that which asks is one of those at once, too.
            eventually().untilAsserted(() -> {
                waiting.add(new Slow().send(silent(alice)));
                var refused = Api.with(alice).get("/api/v1/registries");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(field(refused, "Retry-After")).isNotEmpty();
            });
            assertThat(Api.with(bob).get("/api/v1/registries").statusCode()).isEqualTo(200);

            eventually().untilAsserted(() -> {
                waiting.add(new Slow().send(silent(bob)));
                assertThat(Api.anonymous().get("/").statusCode()).isEqualTo(503);
            });
        } finally {
            waiting.forEach(Slow::close);
        }
        eventually()
                .untilAsserted(() -> assertThat(
                                Api.with(alice).get("/api/v1/registries").statusCode())
                        .isEqualTo(200));
        assertThat(metrics())
                .contains(
                        "longshore_limit_refused_total{limit=\"concurrent\"}",
                        "longshore_limit_refused_total{limit=\"concurrent-per-identity\"}");
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(2));
    }

    private static String silent(String token) {
        return "GET /api/v1/registries?mode=silent HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(token);
    }

    private static Api account(String name) {
        var made = Api.signedIn()
                .post("/config/user/create", """
                        {"username": "%s", "password": "%s-password", "email": "%s@example.org", "role": "administrator"}""".formatted(name, name, name), "Content-Type", "application/json");
        assertThat(made.statusCode()).as(made.body()).isIn(200, 400);
        return Api.with(signIn(name));
    }

    private static String signIn(String name) {
        var answer = Api.anonymous().signIn(name, name + "-password");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).path("token").asText();
    }

    private static String metrics() {
        return Api.anonymous().get("/q/metrics").body();
    }

    private static String field(HttpResponse<String> answer, String name) {
        return String.join(", ", List.copyOf(answer.headers().allValues(name)));
    }
}
