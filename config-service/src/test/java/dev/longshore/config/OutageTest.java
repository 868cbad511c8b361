package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.config.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is accepted is not lost, and what cannot be accepted is refused. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    Consumer<String> infra;

    @Test
    void whatIsAcceptedWithoutABrokerIsPublishedWhenItIsBack() {
        infra.accept("stop kafka");
        var accepted = Api.put("scan-policies/during-outage", "{}");
        infra.accept("start kafka");

        assertThat(accepted.status()).isEqualTo(201);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(Topics.config("scan-policy/during-outage")).hasSize(1));
    }

    @Test
    void withoutItsDatabaseItRefusesAndSaysWhenToComeBack() {
        infra.accept("stop postgres");
        var refused = Api.put("scan-policies/refused", "{}");
        infra.accept("start postgres");

        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("unavailable");
        assertThat(refused.retryAfter()).isEqualTo("5");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Api.get("scan-policies/refused").status()).isEqualTo(404));
        assertThat(Api.put("scan-policies/refused", "{}").status()).isEqualTo(201);
    }
}
