package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.events.Topic;
import dev.longshore.events.WebhookEvent;
import dev.longshore.events.WebhookEvent.WebhookReceived;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Registries;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import dev.longshore.kit.event.Received;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DeliveryReplayTest {

    private static final String SECRET = "hunter2-replay";

    @Inject
    Registries registries;

    @Inject
    Topics topics;

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void announcesTheSameDeliveryAsAnotherEvent() {
        registries.configure("again", SECRET);
        var id = delivery("again", "{\"events\":[]}");

        var answer = api.post("/api/v1/deliveries/" + id + "/replay", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        eventually(() -> assertThat(received("again")).hasSize(2));
        var events = received("again");
        assertThat(events).extracting(Received::id).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> ((WebhookReceived) event.event().orElseThrow()).delivery())
                .containsExactly(id, id);
        eventually(() -> assertThat(json(api.get("/api/v1/audit?resource=deliveries/" + id))
                        .at("/items/0/actor")
                        .asText())
                .isEqualTo("admin"));
    }

    @Test
    void refusesWhatNothingCanBeMadeOf() {
        registries.configure("nothing", SECRET);
        var html = delivery("nothing", "<html>");

        var answer = replay(html);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("detail").asText()).contains("not JSON");
        assertThat(replay("dlv-none").statusCode()).isEqualTo(404);
    }

    @Test
    void takesInWhatCameForARegistryThatIsBack() {
        registries.configure("back", SECRET);
        registries.remove("back");
        var id = delivery("back", "{\"events\":[]}");
        assertThat(replay(id).statusCode()).isEqualTo(409);

        registries.configure("back", SECRET);

        assertThat(json(replay(id)).path("state").asText()).isEqualTo("received");
        eventually(() -> assertThat(received("back")).hasSize(1));
    }

    @Test
    void saysWhatBecameOfIt() {
        registries.configure("outcome", SECRET);
        var id = delivery("outcome", "{\"events\":[]}");

        var listed = json(api.get("/api/v1/deliveries?registry=outcome")).at("/items/0");

        assertThat(listed.path("outcome").asText()).isEqualTo("failed");
        assertThat(listed.at("/reasons/0").asText()).isEqualTo("the registry is away");
        assertThat(json(api.get("/api/v1/deliveries/" + id)).path("outcome").asText())
                .isEqualTo("failed");
    }

    private HttpResponse<String> replay(String id) {
        return api.post("/api/v1/deliveries/" + id + "/replay", "");
    }

    private static String delivery(String registry, String body) {
        return json(Api.anonymous().post("/webhooks/" + registry + "/" + SECRET, body))
                .path("id")
                .asText();
    }

    private List<Received<WebhookEvent>> received(String registry) {
        return topics.read(Topic.WEBHOOKS, WebhookEvent.class).stream()
                .filter(found -> found.event()
                        .map(event -> event instanceof WebhookReceived webhook
                                && webhook.registry().equals(registry))
                        .orElse(false))
                .toList();
    }
}
