package dev.longshore.gateway;

import static dev.longshore.gateway.suite.Api.json;
import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.gateway.suite.Api;
import dev.longshore.gateway.suite.Surroundings;
import dev.longshore.gateway.suite.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SnapTest {

    private static final String PUSH = "/registry/create_and_push_checkpoint_container";

    @Inject
    Topics topics;

    private Api api;

    @BeforeEach
    void signIn() {
        api = Api.signedIn();
    }

    @Test
    void signsInInSnapsShape() {
        var answer = snap(Api.anonymous(), "POST", "/config/user/login", """
                {"username": "admin", "password": "%s"}""".formatted(Api.adminPassword()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(names(json(answer))).containsExactly("success", "token", "user");
        assertThat(json(answer).path("user").toString())
                .isEqualTo("{\"username\":\"admin\",\"role\":\"administrator\"}");
        var token = Api.with(json(answer).path("token").asText());
        assertThat(token.get("/config/registry/list").statusCode()).isEqualTo(200);
        assertError(snap(Api.anonymous(), "POST", "/config/user/login", """
                        {"username": "admin", "password": "wrong"}"""), 401, "AUTHENTICATION_FAILED");
    }

    @Test
    void wantsATokenUnlessTheOperatorSaysOtherwise() {
        for (var path : List.of("/config/user/create", "/config/registry/create", "/registry/login", PUSH)) {
            assertError(snap(Api.anonymous(), "POST", path, "{}"), 401, "AUTHENTICATION_FAILED");
            assertError(snap(Api.with("lss_none"), "POST", path, "{}"), 401, "AUTHENTICATION_FAILED");
        }
    }

    @Test
    void makesAccountsOfAdministrators() {
        var body = """
                {"username": "snap-user", "password": "correct horse", "email": "a@b.example", "role": "administrator"}""";

        var made = snap(api, "POST", "/config/user/create", body);

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(names(json(made))).containsExactly("success", "data", "message");
        assertThat(made.body()).doesNotContain("correct horse");
        assertThat(snap(Api.anonymous(), "POST", "/config/user/login", body).statusCode())
                .isEqualTo(200);
        assertError(snap(api, "POST", "/config/user/create", body), 400, "VALIDATION_ERROR");
        assertError(
                snap(api, "POST", "/config/user/create", body.replace("administrator", "viewer")),
                400,
                "VALIDATION_ERROR");
        assertError(
                snap(api, "POST", "/config/user/create", body.replace("correct horse", "short")),
                400,
                "VALIDATION_ERROR");
    }

    @Test
    void registriesAreOursAndNeverShowThePassword() {
        var created = snap(api, "POST", "/config/registry/create", """
                {"name": "snap-nexus", "url": "nexus.corp:5000", "username": "ci", "password": "hidden-1", "verify_ssl": false}""");
        assertThat(json(created).path("data").toString()).isEqualTo("""
                {"name":"snap-nexus","url":"http://nexus.corp:5000","username":"ci","verify_ssl":false}""");
        assertThat(sent("snap-nexus").at("/credentials/password").asText()).isEqualTo("hidden-1");
        assertThat(sent("snap-nexus").path("allowPrivateAddresses").asBoolean()).isTrue();

        assertError(
                snap(api, "POST", "/config/registry/create", "{\"name\": \"snap-nexus\", \"url\": \"https://other\"}"),
                400,
                "VALIDATION_ERROR");
        snap(api, "PUT", "/config/registry/update", "{\"name\": \"snap-nexus\", \"username\": \"other\"}");
        assertThat(sent("snap-nexus").path("credentials").toString())
                .isEqualTo("{\"type\":\"basic\",\"username\":\"other\"}");

        var listed = api.get("/config/registry/list");
        assertThat(listed.body())
                .contains("snap-nexus")
                .doesNotContain("hidden-1")
                .doesNotContain("password");
        assertThat(snap(api, "DELETE", "/config/registry/delete", "{\"name\": \"snap-nexus\"}")
                        .statusCode())
                .isEqualTo(200);
        assertError(snap(api, "PUT", "/config/registry/update", "{\"name\": \"snap-nexus\"}"), 400, "VALIDATION_ERROR");
    }

    @Test
    void triesARegistry() {
        assertThat(snap(api, "POST", "/registry/login", "{\"registry_config_name\": \"snap-here\"}")
                        .statusCode())
                .isEqualTo(200);
        assertError(
                snap(api, "POST", "/registry/login", "{\"registry_config_name\": \"snap-away\"}"),
                502,
                "REGISTRY_CONNECTION_FAILED");
    }

    @Test
    void pushesAndWaitsForTheEnd() {
        var answer = snap(api, "POST", PUSH, push("web-1"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(names(json(answer))).containsExactly("message", "image_tag");
        assertThat(json(answer).path("image_tag").asText())
                .isEqualTo("http://nexus.corp:5000/snap/prod-default-web:0123-5d4f");
    }

    @Test
    void saysWhyNothingWasPushed() {
        var noJson = snap(api, "POST", PUSH, push("no-json"));
        assertThat(noJson.statusCode()).isEqualTo(404);
        assertThat(noJson.body())
                .isEqualTo("{\"success\":false,\"message\":\"Checkpoint metadata JSON file not found\"}");
        assertError(snap(api, "POST", PUSH, push("../../etc")), 400, "VALIDATION_ERROR");
        assertError(snap(api, "POST", PUSH, push("elsewhere")), 400, "VALIDATION_ERROR");
        assertError(snap(api, "POST", PUSH, push("full")), 502, "REGISTRY_CONNECTION_FAILED");
    }

    @Test
    void anUploadIsStreamedThroughWhateverItsSize() {
        var size = 200L << 20;
        var part = new byte[1 << 20];
        var body = BodyPublishers.ofByteArrays(Collections.nCopies((int) (size >> 20), part));

        var answer = Api.send(api.request("/api/v1/checkpoints", "Content-Type", "multipart/form-data; boundary=b")
                .POST(body));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("bytes").asLong()).isEqualTo(size);
        assertThat(Api.send(api.request("/api/v1/images", "Content-Type", "multipart/form-data; boundary=b")
                                .POST(BodyPublishers.ofByteArray(new byte[5 << 20])))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void tellsTheProgressOfOnesOwnPushes() throws Exception {
        var seen = new CopyOnWriteArrayList<JsonNode>();
        var socket = watch(api.token(), seen);

        // The consumer begins at the end of the topic, whenever it is that it gets there.
        eventually(() -> {
            topics.publish(event("psh-other", "somebody", 12.5, "running"), "push-service");
            topics.publish(event("psh-mine", "admin", 12.5, "running"), "push-service");
            assertThat(seen).isNotEmpty();
        });
        topics.publish(event("psh-mine", "admin", 62.5, "running"), "push-service");
        topics.publish(event("psh-mine", "admin", 100, "succeeded"), "push-service");
        topics.publish(event("psh-broken", "admin", 100, "failed"), "push-service");

        eventually(() -> assertThat(seen)
                .extracting(message -> message.path("progress").asText())
                .containsExactly(
                        "12.5", "15.0", "25.0", "37.5", "50.0", "60.0", "62.5", "75.0", "80.0", "87.5", "100.0",
                        "failed"));
        assertThat(names(seen.getFirst())).containsExactly("progress", "task_name", "message");
        assertThat(seen.getFirst().path("task_name").asText()).isEqualTo("Create and Push Checkpoint Container");
        socket.abort();
        assertThat(Api.anonymous().get("/ws/progress").statusCode()).isEqualTo(401);
    }

    private static WebSocket watch(String token, List<JsonNode> seen) throws Exception {
        var address =
                URI.create(Api.base().toString().replaceFirst("^http", "ws").replaceAll("/$", "") + "/ws/progress");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        seen.add(parse(text.toString()));
                        return WebSocket.Listener.super.onText(socket, text, last);
                    }
                })
                .get();
    }

    private static ProgressReported event(String execution, String user, double percent, String state) {
        return new ProgressReported(
                "default", execution, "push-checkpoint", "left", percent, state, "said", Instant.now(), user);
    }

    private static String push(String pod) {
        return """
                {"checkpoint_name": "counter.tar", "username": "admin", "pod_name": "%s", "checkpoint_config_name": "snap-here"}""".formatted(pod);
    }

    /** What config-service was sent last. */
    private JsonNode sent(String registry) {
        return parse(
                json(api.get("/api/v1/registries/" + registry)).path("sent").asText());
    }

    private static HttpResponse<String> snap(Api api, String method, String path, String body) {
        return Api.send(
                api.request(path, "Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(names(json(answer))).containsExactly("success", "error", "details", "code");
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    private static List<String> names(JsonNode node) {
        return node.propertyStream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
