package dev.longshore.push;

import static io.restassured.RestAssured.given;

import dev.longshore.events.Topic;
import dev.longshore.testkit.topic.Message;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;

/** What the tests of the running service look at. */
final class Sight {

    static final String PUSHED = "dev.longshore.image.pushed.v1";

    private Sight() {}

    static List<Message> images(String key) {
        return World.OTHERS.messages(Topic.IMAGES, key);
    }

    static List<Message> inventory(String keyPart) {
        return World.OTHERS.messages(Topic.INVENTORY, keyPart);
    }

    /** The last record of each key: records are in order for each key only, as partitions know nothing of each other. */
    static List<Message> lastOf(String keyPart) {
        var last = new LinkedHashMap<String, Message>();
        inventory(keyPart).forEach(seen -> last.put(seen.key(), seen));
        return List.copyOf(last.values());
    }

    static RequestSpecification authorized() {
        return given().header("Authorization", "Bearer " + Infra.token());
    }
}
