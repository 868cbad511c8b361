package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.client.ClientKey;
import dev.longshore.e2e.client.Images;
import dev.longshore.e2e.suite.Command;
import dev.longshore.e2e.suite.Processes;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Passwords planted in every field that takes one, rightly and wrongly used, are found nowhere afterwards: not in a log, a
 * trace, a topic, an answer of the API, a process's arguments, nor in any file of the installation.
 */
class SecretsE2E {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> PLANTED = new TreeSet<>();
    private static Landscape landscape;
    private static Set<String> arguments;

    @BeforeAll
    static void plantAndUse() throws IOException, GeneralSecurityException, InterruptedException {
        try (var processes = new Processes()) {
            landscape = Landscape.start("secrets");
            note(landscape.left.password(), landscape.left.webhookSecret(), landscape.right.password());
            note(basic("ci", landscape.left.password()), basic("ci", landscape.right.password()));
            plantInRegistries(landscape.api);
            plantInMistakes(landscape.api);
            plantInNotifications();
            plantInSessions();
            use();
            readBack(landscape.api);
            arguments = processes.arguments();
        }
    }

    @AfterAll
    static void end() {
        landscape.close();
    }

    @Test
    void noLogNoTraceAndNoFileHoldsASecret() throws IOException {
        var patterns = Files.createTempFile("longshore-e2e-", ".patterns");
        Files.write(patterns, PLANTED);

        var found = Command.run(
                Map.of(),
                "grep",
                "-rlaF",
                "-f",
                patterns.toString(),
                landscape.suite.home().toString());

        Files.delete(patterns);
        assertThat(found.output()).isEmpty();
        assertThat(Files.size(landscape.suite.home().resolve("logs/gateway.log")))
                .isPositive();
    }

    @Test
    void noTopicHoldsASecret() {
        var everything = everythingOnTopics();

        assertThat(everything)
                .containsKeys("longshore.config", "longshore.webhooks", "longshore.audit", "longshore.images");
        assertThat(everything)
                .allSatisfy((topic, text) -> assertThat(leaked(text)).as(topic).isEmpty());
    }

    /** All that lies on each topic, as one text. */
    private static Map<String, String> everythingOnTopics() {
        try (var topics = new TestTopics(landscape.suite.kafka())) {
            return topics.read(topics.names().toArray(String[]::new)).stream()
                    .collect(groupingBy(Message::topic, mapping(Message::toString, joining("\n"))));
        }
    }

    @Test
    void noAnswerHoldsASecret() throws IOException {
        var answers = Files.readString(Api.answers());

        assertThat(answers).contains("/api/v1/registries/secrets-left");
        assertThat(answers.lines().filter(line -> !leaked(line).isEmpty())).isEmpty();
    }

    @Test
    void noProcessWasStartedWithASecret() {
        assertThat(arguments).anyMatch(line -> line.contains("trivy"));
        assertThat(arguments).allSatisfy(line -> assertThat(leaked(line)).isEmpty());
    }

    private static void plantInRegistries(Api api) throws IOException, GeneralSecurityException {
        var url = landscape.right.process().uri();
        put(api, "secrets-wrong", """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true,
                 "credentials": {"type": "basic", "username": "ci", "password": "%s"},
                 "webhook": {"secret": "%s", "previousSecret": "%s", "header": "X-Secret"}}""".formatted(url, plant(), plant(), plant()));
        put(api, "secrets-token", """
                {"vendor": "distribution", "url": "%s", "allowPrivateAddresses": true,
                 "credentials": {"type": "token", "token": "%s"}}""".formatted(url, plant()));
        var key = ClientKey.generate();
        note(key.fingerprint());
        var tls = JSON.createObjectNode()
                .put("clientCertificate", key.certificate())
                .put("clientKey", key.key());
        var encrypted = JSON.createObjectNode()
                .put("vendor", "distribution")
                .put("url", url.toString().replace("http:", "https:"))
                .put("allowPrivateAddresses", true);
        encrypted.set("tls", tls);
        put(api, "secrets-tls", encrypted.toString());
        for (var name : List.of("secrets-wrong", "secrets-token", "secrets-tls")) {
            assertThat(api.demand(api.post("/api/v1/registries/" + name + "/diagnoses", ""))
                            .json()
                            .path("outcome")
                            .asText())
                    .isEqualTo("failed");
        }
    }

    private static void put(Api api, String name, String registry) {
        api.demand(api.put("/api/v1/registries/" + name, registry));
    }

    /** What people get wrong with a password in their hands. */
    private static void plantInMistakes(Api api) {
        for (var template : List.of(
                "{\"vendor\": \"distribution\", \"url\": \"https://ci:%s@registry.corp\"}",
                "{\"vendor\": \"%s\", \"url\": \"https://registry.corp\"}",
                "{\"vendor\": \"distribution\", \"url\": \"https://registry.corp\", \"password\": \"%s\"}",
                "{\"vendor\": \"distribution\", \"url\": \"https://registry.corp\", \"credentials\": \"%s\"}",
                "{\"vendor\": \"distribution\", \"url\": \"https://registry.corp\", \"credentials\": {\"type\": \"basic\","
                        + " \"username\": \"ci\", \"password\": [\"%s\"]}}",
                "{\"vendor\": \"distribution\", \"url\": \"https://registry.corp\", \"credentials\": {\"type\": \"basic\","
                        + " \"username\": \"ci\", \"pasword\": \"%s\"}}",
                "{\"credentials\": {\"type\": \"basic\", \"password\": \"%s",
                "\"%s\"")) {
            // The vendor is the one field here that is nobody's secret: its value may be quoted.
            var secret = template.contains("\"vendor\": \"%s\"") ? "password" : plant();
            assertThat(api.put("/api/v1/registries/secrets-mistake", template.formatted(secret))
                            .status())
                    .isEqualTo(400);
        }
    }

    private static void plantInNotifications() {
        var stranger = Api.nobody(landscape.suite);
        var body = "{\"events\": []}".getBytes(UTF_8);
        for (var authorization : List.of("Bearer " + plant(), plant(), "Basic " + basic("longshore", plant()))) {
            assertThat(stranger.post("/webhooks/secrets-left", Map.of("Authorization", authorization), body)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(stranger.post("/webhooks/secrets-left/" + plant(), Map.of(), body)
                        .status())
                .isEqualTo(401);
        var secret = landscape.left.webhookSecret();
        note(basic("longshore", secret));
        assertThat(stranger.post("/webhooks/secrets-left/" + secret, Map.of(), body)
                        .status())
                .isEqualTo(202);
        assertThat(stranger.post(
                                "/webhooks/secrets-left",
                                Map.of("Authorization", "Basic " + basic("longshore", secret)),
                                "not JSON".getBytes(UTF_8))
                        .status())
                .isEqualTo(202);
    }

    private static void plantInSessions() {
        var stranger = Api.nobody(landscape.suite);
        assertThat(stranger.post(
                                "/api/v1/sessions",
                                "{\"username\": \"admin\", \"password\": \"%s\"}".formatted(plant()))
                        .status())
                .isEqualTo(401);
        assertThat(stranger.post("/api/v1/sessions", "{\"password\": \"" + plant())
                        .status())
                .isEqualTo(400);
        assertThat(stranger.post("/api/v1/sessions", "{\"username\": \"admin\", \"passwort\": \"" + plant() + "\"}")
                        .status())
                .isEqualTo(400);
    }

    /** With the right ones: read, scanned, copied. */
    private static void use() {
        var image = Images.fixed("secrets");
        landscape.left.push("shop/secrets", "1.0", image);
        landscape.awaitCopied("shop/secrets", "1.0", image.digest());
    }

    private static void readBack(Api api) {
        for (var path : List.of(
                "/api/v1/registries?limit=200",
                "/api/v1/registries/secrets-left",
                "/api/v1/registries/secrets-wrong",
                "/api/v1/registries/secrets-token",
                "/api/v1/registries/secrets-tls",
                "/api/v1/audit?limit=200",
                "/api/v1/deliveries?limit=200&registry=secrets-left",
                "/api/v1/images?registry=secrets-left",
                "/api/v1/executions",
                "/api/v1/dead-letters",
                "/openapi")) {
            api.get(path);
        }
        api.get("/api/v1/deliveries?limit=200&registry=secrets-left")
                .items()
                .map(SecretsE2E::id)
                .forEach(api::get);
    }

    private static String id(JsonNode delivery) {
        return "/api/v1/deliveries/" + delivery.path("id").asText();
    }

    private static List<String> leaked(String text) {
        return PLANTED.stream().filter(text::contains).toList();
    }

    private static String plant() {
        var secret = "planted-" + UUID.randomUUID();
        note(secret);
        return secret;
    }

    private static void note(String... secrets) {
        PLANTED.addAll(List.of(secrets));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
