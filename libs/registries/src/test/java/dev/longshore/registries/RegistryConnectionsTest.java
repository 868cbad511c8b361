package dev.longshore.registries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryException.ForbiddenAddress;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.oci.client.http.Tls;
import dev.longshore.testkit.registry.RegistryProcess;
import dev.longshore.testkit.registry.RegistryProcess.Kind;
import dev.longshore.testkit.registry.ScriptedRegistry;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RegistryConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final RegistryConnections connections = new RegistryConnections(vertx, ChangeGuard.open(), List.of());

    @AfterEach
    void close() {
        connections.close();
        vertx.close().await().atMost(PATIENCE);
    }

    @Test
    void keepsAClientUntilItsConnectionChanges() {
        var first =
                connections.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        var same = connections.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        var changed =
                connections.client(connection("left", 2, URI.create("http://127.0.0.1:2"), Credentials.anonymous()));
        var late = connections.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        var other =
                connections.client(connection("right", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));

        assertThat(same).isSameAs(first);
        assertThat(changed).isNotSameAs(first);
        assertThat(late).isSameAs(changed);
        assertThat(other).isNotSameAs(first);
        assertThat(changed.options().governor()).isSameAs(first.options().governor());
        assertThat(other.options().governor()).isNotSameAs(first.options().governor());
    }

    @Test
    void makesANewClientAfterTheRegistryWasRemoved() {
        var first =
                connections.client(connection("left", 5, URI.create("http://127.0.0.1:1"), Credentials.anonymous()));
        connections.remove("left");

        assertThat(connections.client(connection("left", 1, URI.create("http://127.0.0.1:1"), Credentials.anonymous())))
                .isNotSameAs(first);
    }

    @Test
    void reachesARegistryWithItsCredentials() {
        Assumptions.assumeTrue(RegistryProcess.isAvailable(Kind.DISTRIBUTION_2));
        try (var registry = RegistryProcess.of(Kind.DISTRIBUTION_2)
                .withUser("ci", "right-password")
                .start()) {
            var right = connections.client(
                    connection("left", 1, registry.uri(), new Credentials.Basic("ci", "right-password")));
            var wrong = connections.client(
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
                    .isThrownBy(() -> connections.client(strict).ping().await().atMost(PATIENCE));
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
}
