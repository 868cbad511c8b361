package dev.longshore.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.testkit.registry.Reply;
import dev.longshore.testkit.registry.ScriptedRegistry;
import dev.longshore.testkit.registry.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DiagnosesTest {

    private static JsonNode diagnose(String name, URI url, String more) {
        var put = Api.put("registries/" + name, """
                {'vendor': 'distribution', 'url': '%s', 'allowPrivateAddresses': true %s}""".formatted(url, more));
        assertThat(put.status()).as(put.text()).isIn(200, 201);
        var answer = Api.post("registries/" + name + "/diagnoses");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** {@code address ok, connection failed}. */
    private static String outcomes(JsonNode diagnosis) {
        return StreamSupport.stream(diagnosis.path("steps").spliterator(), false)
                .map(step ->
                        step.path("name").asText() + " " + step.path("outcome").asText())
                .collect(Collectors.joining(", "));
    }

    private static String basic(String password) {
        return ", 'credentials': {'type': 'basic', 'username': 'ci', 'password': '%s'}".formatted(password);
    }

    @Test
    void aRegistryThatIsReachedIsOkStepByStep() {
        try (var registry = ScriptedRegistry.start().withTokens("ci", "right", Duration.ofMinutes(1))) {
            registry.hold("shop/api", "1.0", TestImages.image("1.0"));

            var diagnosis = diagnose("fine", registry.uri(), basic("right"));

            assertThat(outcomes(diagnosis))
                    .isEqualTo(
                            "address ok, connection ok, tls skipped, api ok, credentials ok, listing ok, referrers ok, deletes skipped");
            assertThat(diagnosis.path("outcome").asText()).isEqualTo("ok");
            assertThat(diagnosis.path("code").isNull()).isTrue();
            assertThat(diagnosis.at("/steps/5/message").asText()).isEqualTo("The catalogue has 1 repository");
            assertThat(diagnosis.at("/steps/6/message").asText()).contains("has the referrers API");
            assertThat(Duration.parse(diagnosis.at("/steps/4/duration").asText()))
                    .isPositive();
        }
    }

    @Test
    void wrongCredentialsAreToldFromAMissingRegistry() {
        try (var registry = ScriptedRegistry.start().withTokens("ci", "right", Duration.ofMinutes(1))) {
            var diagnosis = diagnose("wrong-password", registry.uri(), basic("wrong-8Jq"));

            assertThat(outcomes(diagnosis))
                    .startsWith("address ok, connection ok, tls skipped, api ok, credentials failed, listing skipped");
            assertThat(diagnosis.path("code").asText()).isEqualTo("credentials-rejected");
            assertThat(diagnosis.at("/steps/4/advice").asText()).isNotBlank();
            assertThat(diagnosis.toString()).doesNotContain("wrong-8Jq");
        }
    }

    @Test
    void wrongBasicCredentialsAreToldToo() {
        try (var registry = ScriptedRegistry.start().withBasicAuthentication("ci", "right")) {
            assertThat(diagnose("wrong-basic", registry.uri(), basic("wrong"))
                            .at("/steps/4/code")
                            .asText())
                    .isEqualTo("credentials-rejected");
            assertThat(diagnose("no-credentials", registry.uri(), "")
                            .at("/steps/4/code")
                            .asText())
                    .isEqualTo("credentials-rejected");
        }
    }

    @Test
    void anUnreachableHostIsTold() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var refused = diagnose("closed", URI.create("http://127.0.0.1:" + closed), "");
        var unknown = diagnose("unknown", URI.create("https://registry.invalid"), "");

        assertThat(outcomes(refused)).startsWith("address ok, connection failed, tls skipped, api skipped");
        assertThat(refused.path("code").asText()).isEqualTo("registry-unreachable");
        assertThat(outcomes(unknown)).startsWith("address failed, connection skipped");
        assertThat(unknown.path("code").asText()).isEqualTo("registry-unreachable");
    }

    @Test
    void aRegistryThatAnswersHtmlIsNone() {
        try (var registry = ScriptedRegistry.start()) {
            registry.answer("GET", "/v2/", ScriptedRegistry.ALWAYS, Reply.html(200));

            var diagnosis = diagnose("html", registry.uri(), "");

            assertThat(outcomes(diagnosis))
                    .startsWith("address ok, connection ok, tls skipped, api failed, credentials skipped");
            assertThat(diagnosis.path("code").asText()).isEqualTo("not-a-registry");
        }
    }

    @Test
    void aServerWithoutTlsIsToldFromOneThatIsAway() {
        try (var registry = ScriptedRegistry.start()) {
            var https = URI.create(registry.uri().toString().replace("http:", "https:"));

            assertThat(outcomes(diagnose("no-tls", https, "")))
                    .startsWith("address ok, connection ok, tls failed, api skipped");
        }
    }

    @Test
    void aRegistryWithoutCatalogueOrReferrersIsStillUsed() {
        try (var registry = ScriptedRegistry.start().withoutReferrers()) {
            registry.hold("shop/api", "1.0", TestImages.image("1.0"));
            registry.answer("GET", "/v2/_catalog", ScriptedRegistry.ALWAYS, Reply.json(401, "{}"));

            var without = diagnose("no-catalogue", registry.uri(), "");
            var named = diagnose("no-catalogue", registry.uri(), ", 'repositories': ['shop/api']");

            assertThat(outcomes(without))
                    .endsWith("credentials ok, listing failed, referrers skipped, deletes skipped");
            assertThat(without.at("/steps/5/advice").asText()).contains("/repositories");
            assertThat(outcomes(named)).endsWith("credentials ok, listing ok, referrers ok, deletes skipped");
            assertThat(named.at("/steps/6/message").asText()).contains("no referrers API");
        }
    }

    @Test
    void aSecretThatIsNotWhereItIsSaidToBeIsNamed() {
        try (var registry = ScriptedRegistry.start().withBasicAuthentication("ci", "right")) {
            var diagnosis = diagnose(
                    "no-file",
                    registry.uri(),
                    ", 'credentials': {'type': 'basic', 'username': 'ci', 'password': {'fromFile': 'not-there'}}");

            assertThat(outcomes(diagnosis)).contains("api ok, credentials failed");
            assertThat(diagnosis.path("code").asText()).isEqualTo("secret-required");
            assertThat(diagnosis.at("/steps/4/message").asText()).contains("not-there");
        }
    }

    @Test
    void aRegistryThatIsNotConfiguredIsNotDiagnosed() {
        assertThat(Api.post("registries/nobody/diagnoses").code()).isEqualTo("not-found");
    }
}
