package dev.longshore.config;

import static dev.longshore.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.config.suite.Api;
import dev.longshore.config.suite.Surroundings;
import dev.longshore.config.suite.Topics;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.registries.ConfiguredRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries: their addresses, and what becomes of their secrets. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RegistriesTest {

    @Inject
    Secrets secrets;

    private static String basic(String url, String password) {
        return """
                {'vendor': 'distribution', 'url': '%s',
                 'credentials': {'type': 'basic', 'username': 'ci'%s}}""".formatted(url, password);
    }

    private static RegistryConfigured published(String name, int records) {
        eventually(() -> assertThat(Topics.config("registry/" + name)).hasSize(records));
        return Topics.last(Topics.config("registry/" + name), RegistryConfigured.class);
    }

    @Test
    void aSecretIsSealedAndShownToNobody() {
        // Given
        var planted = "pw-Zk3v9QhT";
        var webhook = "wh-Xr81LmPq";

        // When
        var answer = Api.put("registries/sealed", """
                {'vendor': 'distribution', 'url': 'https://sealed.invalid:5000',
                 'credentials': {'type': 'basic', 'username': 'ci', 'password': '%s'},
                 'webhook': {'secret': '%s'}}""".formatted(planted, webhook));
        Api.put(
                "registries/sealed",
                "{'vendor': 'nexus', 'url': 'https://sealed.invalid:5000', 'credentials': {'type': 'basic', 'username': 'ci'}}");
        Api.put(
                "registries/sealed",
                basic("https://sealed.invalid:5000", ", 'password': '" + planted + "-2', 'oops': '" + planted + "'"));
        Api.putRaw("/api/v1/registries/sealed", "{\"credentials\": {\"password\": \"" + planted + "\" \"broken");

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/credentials/password/set").asBoolean()).isTrue();
        var event = published("sealed", 2);
        var connection = ConfiguredRegistry.connection(event, secrets::open);
        assertThat(connection.credentials()).isEqualTo(new Credentials.Basic("ci", planted));
        assertThat(open(event, Objects.requireNonNull(event.webhook().secret()), "webhookSecret"))
                .isEqualTo(webhook);
        eventually(() -> assertThat(Topics.audit("registries/sealed")).hasSize(2));
        assertThat(Topics.everything())
                .contains("registry/sealed")
                .doesNotContain(planted)
                .doesNotContain(webhook);
        assertThat(Api.get("registries").text())
                .contains("sealed")
                .doesNotContain(planted)
                .doesNotContain(webhook);
        assertThat(Api.log()).doesNotContain(planted).doesNotContain(webhook);
    }

    private String open(RegistryConfigured event, Secret secret, String field) {
        return secrets.open(
                secret,
                ConfiguredRegistry.binding(
                        event.name(), event.url(), event.credentials().version(), field));
    }

    @Test
    void theSameSecretAgainIsNoChangeAndAnotherIs() {
        var body = basic("https://same.invalid", ", 'password': 'one'");
        Api.put("registries/same", body);

        assertThat(Api.put("registries/same", body).etag()).isEqualTo("\"1\"");
        assertThat(Api.put("registries/same", basic("https://same.invalid", "")).etag())
                .isEqualTo("\"1\"");
        assertThat(Api.put("registries/same", basic("https://same.invalid", ", 'password': 'two'"))
                        .etag())
                .isEqualTo("\"2\"");
        var event = published("same", 2);
        assertThat(event.credentials().version()).isEqualTo(2);
        assertThat(ConfiguredRegistry.connection(event, secrets::open).credentials())
                .isEqualTo(new Credentials.Basic("ci", "two"));
        eventually(() -> assertThat(Topics.audit("registries/same")).hasSize(2));
        assertThat(Topics.audit("registries/same").getLast().detail()).isEqualTo("Secrets were changed");
    }

    @Test
    void whatIsAnsweredCanBeSentBack() {
        var answer = Api.put("registries/round", basic("https://round.invalid", ", 'password': 'one'"));

        var back = Api.putRaw("/api/v1/registries/round", answer.text());

        assertThat(back.status()).isEqualTo(200);
        assertThat(back.text()).isEqualTo(answer.text());
    }

    @ParameterizedTest
    @CsvSource({"http://moved.invalid:5000", "https://elsewhere.invalid:5000", "https://moved.invalid:5001"})
    void aRegistryDoesNotMoveWithoutItsSecret(String elsewhere) {
        Api.put("registries/moved", basic("https://moved.invalid:5000", ", 'password': 'one'"));

        var refused = Api.put("registries/moved", basic(elsewhere, ""));
        var set = Api.put("registries/moved", basic(elsewhere, ", 'password': {'set': true}"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("secret-required");
        assertThat(refused.pointer()).isEqualTo("/credentials/password");
        assertThat(set.code()).isEqualTo("secret-required");
        assertThat(Api.get("registries/moved").json().path("url").asText()).isEqualTo("https://moved.invalid:5000");
    }

    @Test
    void aMovedRegistryTakesItsWebhookSecretAlongAndOldSealsDoNotOpenThere() {
        var first = basic("https://old.invalid", ", 'password': 'one'")
                .replace("'vendor'", "'webhook': {'secret': 'hook'}, 'vendor'");
        Api.put("registries/taken", first);
        var before = published("taken", 1);

        Api.put("registries/taken", basic("https://new.invalid", ", 'password': 'one'"));

        var after = published("taken", 2);
        assertThat(open(after, Objects.requireNonNull(after.webhook().secret()), "webhookSecret"))
                .isEqualTo("hook");
        var oldSeal = Objects.requireNonNull(before.credentials().secrets().get("password"));
        assertThatThrownBy(() -> secrets.open(
                        oldSeal, ConfiguredRegistry.binding("taken", URI.create("https://new.invalid"), 2, "password")))
                .isInstanceOf(SecretException.class);
    }

    @Test
    void referencesAreKeptAsSuch() {
        var answer = Api.put(
                "registries/by-file", basic("https://by-file.invalid", ", 'password': {'fromFile': 'left-password'}"));

        assertThat(answer.json().at("/credentials/password/fromFile").asText()).isEqualTo("left-password");
        var event = published("by-file", 1);
        assertThat(event.credentials().secrets().get("password")).isEqualTo(new Secret(null, "left-password", null));
        assertThat(ConfiguredRegistry.connection(event, secrets::open).credentials())
                .isEqualTo(new Credentials.Basic("ci", "from-a-file"));
    }

    @Test
    void aSecretIsRemovedByNull() {
        Api.put(
                "registries/hookless",
                "{'vendor': 'distribution', 'url': 'https://r.invalid', 'webhook': {'secret': 'hook'}}");

        var answer = Api.put(
                "registries/hookless",
                "{'vendor': 'distribution', 'url': 'https://r.invalid', 'webhook': {'secret': null}}");

        assertThat(answer.etag()).isEqualTo("\"2\"");
        assertThat(answer.json().at("/webhook/secret").isMissingNode()).isTrue();
        assertThat(published("hookless", 2).webhook().secret()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254, forbidden-address",
        "http://[fe80::1], forbidden-address",
        "http://[::ffff:169.254.169.254], forbidden-address",
        "http://100.100.100.200, forbidden-address",
        "http://224.0.0.1, forbidden-address",
        "http://0.0.0.0, forbidden-address",
        "http://127.0.0.1:5000, forbidden-address",
        "http://localhost:5000, forbidden-address",
        "http://[::1]:5000, forbidden-address",
        "http://10.1.2.3, forbidden-address",
        "http://192.168.0.10, forbidden-address",
        "http://2130706433, forbidden-address",
        "http://127.1, invalid-url",
        "nowhere, invalid-url",
        "ftp://registry.corp, invalid-url",
        "https://ci:pw@registry.corp, invalid-url"
    })
    void addressesThatMustNotBeReachedAreRefused(String url, String code) {
        var answer = Api.put("registries/forbidden", "{'vendor': 'distribution', 'url': '" + url + "'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.pointer()).isEqualTo("/url");
        assertThat(Api.get("registries/forbidden").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:5000, 201",
        "http://192.168.0.10, 201",
        "http://169.254.169.254, 400",
        "http://[fe80::1], 400"
    })
    void privateAddressesAreAllowedWhereThatIsSaidAndLinkLocalOnesNever(String url, int status) {
        var name = "registries/private-" + Math.abs(url.hashCode());
        assertThat(Api.put(name, "{'vendor': 'distribution', 'url': '" + url + "', 'allowPrivateAddresses': true}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void vendorsAndCredentialsThatAreNotKnownAreNamed() {
        var vendor = Api.put("registries/odd", "{'vendor': 'dockerhub', 'url': 'https://r.invalid'}");
        var credentials = Api.put(
                "registries/odd",
                "{'vendor': 'ecr', 'url': 'https://r.invalid', 'credentials': {'type': 'aws', 'region': 'eu-west-1', 'secretAccessKey': 's'}}");

        assertThat(vendor.code()).isEqualTo("unknown-vendor");
        assertThat(vendor.pointer()).isEqualTo("/vendor");
        assertThat(credentials.code()).isEqualTo("invalid-request");
        assertThat(credentials.json().path("detail").asText()).contains("not supported yet", "none, basic, token");
    }
}
