package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.e2e.client.Api;
import dev.longshore.e2e.suite.Part;
import dev.longshore.e2e.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many entries as operations, and services that speak with the gateway alone. */
class AuditE2E {

    private static final int PROJECTS = 25;

    private static Suite suite;
    private static Api admin;

    @BeforeAll
    static void start() {
        suite = Suite.shared();
        admin = Api.admin(suite);
    }

    @Test
    void eachOperationIsOneEntryOfTheDoorAndItsEffectNamesIt() {
        var names = IntStream.range(0, PROJECTS).mapToObj(i -> "audited-" + i).toList();
        names.forEach(name -> admin.demand(admin.put("/api/v1/projects/" + name, "{\"description\": \"audited\"}")));
        names.forEach(name -> admin.delete("/api/v1/projects/" + name));

        await("all are in the chain").atMost(Landscape.PATIENCE).untilAsserted(() -> {
            assertThat(entries("projects/audited-", "gateway")).hasSize(2 * PROJECTS);
            assertThat(entries("projects/audited-", "config-service")).hasSize(2 * PROJECTS);
        });
        var operations = entries("projects/audited-", "gateway").stream()
                .map(entry -> entry.path("id").asText())
                .collect(Collectors.toSet());
        assertThat(operations).hasSize(2 * PROJECTS);
        assertThat(entries("projects/audited-", "config-service"))
                .extracting(entry -> entry.path("token").asText().replaceFirst("^.*:", ""))
                .containsExactlyInAnyOrderElementsOf(operations);
        var verified = admin.get("/api/v1/audit/verification").json();
        assertThat(verified.path("state").asText()).as(verified.toString()).isEqualTo("intact");
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"CONFIG", "PUSH", "SCAN", "REPLICATION", "RETENTION"})
    void aServiceAnswersNobodyButTheGateway(Part service) throws IOException, InterruptedException {
        for (var path : List.of("/api/v1/registries", "/api/v1/executions", "/api/v1/nothing")) {
            assertThat(status(suite.uri(service).resolve(path))).as(path).isEqualTo(401);
        }
        assertThat(status(suite.uri(service).resolve("/q/health/ready"))).isEqualTo(200);
        assertThat(status(suite.uri(service).resolve("/q/metrics"))).isEqualTo(200);
    }

    private static List<JsonNode> entries(String resource, String service) {
        var items =
                admin.get("/api/v1/audit?limit=200&resource=" + resource).json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(entry -> entry.path("service").asText().equals(service))
                .toList();
    }

    private static int status(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
