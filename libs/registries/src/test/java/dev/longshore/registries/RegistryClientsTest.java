package dev.longshore.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.Secret;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.Tls;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.ScriptedRegistry;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RegistryClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private volatile String password = "a-password";
    private final RegistryClients clients = new RegistryClients(vertx, this::open, ChangeGuard.open());

    @AfterEach
    void close() {
        clients.close();
        vertx.close().await().atMost(PATIENCE);
    }

    @Test
    void keepsAClientUntilItsConnectionChanges() {
        var first = clients.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        var same = clients.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        var changed = clients.client(connection("left", 2, URI.create("http://127.0.0.1:2"), Credentials.anonymous()));
        var again = clients.client(connection("left", 2, URI.create("http://127.0.0.1:2"), Credentials.anonymous()));
        var other = clients.client(connection("right", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));

        assertThat(same).isSameAs(first);
        assertThat(changed).isNotSameAs(first);
        assertThat(again).isSameAs(changed);
        assertThat(other).isNotSameAs(first);
        assertThat(changed.options().governor()).isSameAs(first.options().governor());
        assertThat(other.options().governor()).isNotSameAs(first.options().governor());
    }

    @Test
    void makesANewClientForAnotherRegistryOfTheName() {
        var first = clients.client(connection("left", 5, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));

        var other = clients.client(connection("left", 1, URI.create("http://127.0.0.1:2"), Credentials.anonymous()));

        assertThat(other).isNotSameAs(first);
        assertThat(other.options().baseUri()).hasPort(2);
    }

    @Test
    void usesASecretThatChangedWhereItIsRead() {
        var first = clients.client(configured()).await().atMost(PATIENCE);
        var same = clients.client(configured()).await().atMost(PATIENCE);
        password = "another-password";
        var changed = clients.client(configured()).await().atMost(PATIENCE);

        assertThat(same).isSameAs(first);
        assertThat(changed).isNotSameAs(first);
        assertThat(changed.options().credentials()).isEqualTo(new Credentials.Basic("ci", "another-password"));
    }

    @Test
    void reachesARegistryWithItsCredentials() {
        Assumptions.assumeTrue(RegistryProcess.isAvailable(Kind.DISTRIBUTION_2));
        try (var registry = RegistryProcess.of(Kind.DISTRIBUTION_2)
                .withUser("ci", "right-password")
                .start()) {
            var right = clients.client(
                    connection("left", 1, registry.uri(), new Credentials.Basic("ci", "right-password")));
            var wrong = clients.client(
                    connection("wrong", 1, registry.uri(), new Credentials.Basic("ci", "other-password")));

            right.ping().await().atMost(PATIENCE);
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> wrong.ping().await().atMost(PATIENCE))
                    .satisfies(failure -> assertThat(failure.isUnauthorized()).isTrue())
                    .withMessageNotContaining("other-password");
        }
    }

    @Test
    void allowsPrivateAddressesOnlyWhereTheRegistryDoes() {
        try (var registry = ScriptedRegistry.start()) {
            var strict = new RegistryConnection(
                    "strict",
                    1,
                    Vendor.DISTRIBUTION,
                    registry.uri(),
                    List.of(),
                    Credentials.anonymous(),
                    Tls.defaults(),
                    RegistryConnection.Limits.defaults(),
                    false);

            assertThatExceptionOfType(ForbiddenAddress.class)
                    .isThrownBy(() -> clients.client(strict).ping().await().atMost(PATIENCE));
        }
    }

    @Test
    void knowsItsVendors() {
        assertThat(Vendor.parse("docker-hub")).isEqualTo(Vendor.DOCKER_HUB).hasToString("docker-hub");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vendor.parse("DOCKER_HUB"))
                .withMessageStartingWith("The vendor 'DOCKER_HUB' is not known; known are distribution, harbor, nexus");
    }

    private static RegistryConnection connection(String name, long version, URI url, Credentials credentials) {
        return new RegistryConnection(
                name,
                version,
                Vendor.DISTRIBUTION,
                url,
                List.of(),
                credentials,
                Tls.defaults(),
                RegistryConnection.Limits.defaults(),
                true);
    }

    private String open(Secret secret, String binding) {
        assertThat(Context.isOnEventLoopThread()).isFalse();
        return password;
    }

    private static RegistryConfigured configured() {
        return new RegistryConfigured(
                "default",
                "left",
                1,
                "distribution",
                URI.create("http://127.0.0.1:1"),
                List.of(),
                "enforce",
                new ConfigEvent.SealedCredentials(
                        "basic", 1, Map.of("username", "ci"), Map.of("password", new Secret(null, null, "PASSWORD"))),
                new ConfigEvent.Tls(true, null, null, null),
                new ConfigEvent.Webhook(null, null, "Authorization"),
                Duration.ofMinutes(15),
                List.of(),
                new ConfigEvent.Limits(6, null, null, 20),
                true);
    }
}
