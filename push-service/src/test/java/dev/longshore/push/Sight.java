package dev.longshore.push;

import static io.restassured.RestAssured.given;

import dev.longshore.events.Topic;
import dev.longshore.testkit.topic.Message;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** What the tests of the running service look at, and how long they wait. */
final class Sight {

    static final String PUSHED = "dev.longshore.image.pushed.v1";
    private static final Duration SOON = Duration.ofSeconds(60);

    private Sight() {}

    static List<Message> images(String key) {
        return World.OTHERS.messages(Topic.IMAGES, key);
    }

    static List<Message> inventory(String keyPart) {
        return World.OTHERS.messages(Topic.INVENTORY, keyPart);
    }

    static RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + Infra.token());
    }

    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }
}
