package dev.longshore.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Digest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infra.class)
class RetentionServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    private final World world = new World();

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    void isReadyOnceItKnowsTheInventory() {
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/metrics").then().statusCode(200);
        given().get("/api/v1/executions").then().statusCode(401);
    }

    @Test
    void keepsTagsUntilTheyAreGone() {
        // Given
        var tag = new TagRecorded("default", "told", "shop/api", "1.0", DIGEST, Instant.EPOCH, null, null, null, 1);

        // When
        world.tell(tag);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(tags()).containsExactly("told/shop/api:1.0@" + DIGEST));

        // When
        world.untag("told", "shop/api", "1.0");

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(tags()).isEmpty());
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
