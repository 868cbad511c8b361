package dev.longshore.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.Event;
import dev.longshore.events.InventoryEvent;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.oci.Digest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class RetentionServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    @Test
    void isReadyOnceItKnowsTheInventory() {
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/metrics").then().statusCode(200);
        given().get("/api/v1/executions").then().statusCode(401);
    }

    @Test
    void keepsTagsUntilTheyAreGone() throws Exception {
        // Given
        var tag = new TagRecorded("default", "told", "shop/api", "1.0", DIGEST, Instant.EPOCH, null, null, null, 1);

        // When
        send(Topic.INVENTORY, tag.key(), tag);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(tags()).containsExactly("told/shop/api:1.0@" + DIGEST));

        // When
        send(Topic.INVENTORY, InventoryEvent.tagKey("told", "shop/api", "1.0"), null);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(tags()).isEmpty());
    }

    private static void send(Topic topic, String key, Event event) throws Exception {
        var servers = setting("kafka.bootstrap.servers");
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            var value = event == null ? null : EventCodec.encode(event, UUID.randomUUID(), "test", Instant.now());
            producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> tags() throws SQLException {
        var url = setting("quarkus.datasource.jdbc.url");
        try (var connection = DriverManager.getConnection(url, "retention", "retention");
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select registry || '/' || repository || ':' || tag || '@' || digest from inventory_tag where registry = 'told'")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
