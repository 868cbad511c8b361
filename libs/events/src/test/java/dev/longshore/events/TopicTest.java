package dev.longshore.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partition counts and clean-up are part of the contract: an installation cannot change them later without loss. */
class TopicTest {

    @ParameterizedTest
    @CsvSource({
        "WEBHOOKS, longshore.webhooks, 12, P7D",
        "IMAGES, longshore.images, 12, P30D",
        "INVENTORY, longshore.inventory, 12, compact",
        "SCANS, longshore.scans, 12, P30D",
        "DECISIONS, longshore.decisions, 12, compact",
        "REPLICATIONS, longshore.replications, 12, P30D",
        "RETENTIONS, longshore.retentions, 12, P30D",
        "CONFIG, longshore.config, 1, compact",
        "LIMITS, longshore.limits, 1, compact",
        "AUDIT, longshore.audit, 6, P30D",
        "PROGRESS, longshore.progress, 3, PT1H",
    })
    void isCreatedAsDesigned(Topic topic, String name, int partitions, String cleanUp) {
        assertThat(topic.topicName()).isEqualTo(name);
        assertThat(topic.partitions()).isEqualTo(partitions);
        if (cleanUp.equals("compact")) {
            assertThat(topic.isCompacted()).isTrue();
            assertThat(topic.settings())
                    .containsEntry("cleanup.policy", "compact")
                    .doesNotContainKey("retention.ms");
        } else {
            assertThat(topic.isCompacted()).isFalse();
            assertThat(topic.settings())
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry(
                            "retention.ms",
                            String.valueOf(Duration.parse(cleanUp).toMillis()));
        }
    }

    @Test
    void areElevenThatTakeFourMebibytes() {
        assertThat(Topic.values())
                .hasSize(11)
                .allSatisfy(topic -> assertThat(topic.settings()).containsEntry("max.message.bytes", "4194304"));
    }

    @Test
    void namesItsDeadLettersAfterTheServiceThatCouldNotHandleThem() {
        assertThat(Topic.IMAGES.deadLetters("scan-service")).isEqualTo("longshore.images.scan-service.dlq");
    }

    @Test
    void isReplayedToOneServiceAlone() {
        assertThat(Topic.CONFIG.replays("push-service")).isEqualTo("longshore.config.push-service.replay");
    }
}
