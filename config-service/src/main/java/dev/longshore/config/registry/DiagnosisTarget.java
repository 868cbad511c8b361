package dev.longshore.config.registry;

import dev.longshore.config.domain.RegistryParser;
import dev.longshore.config.domain.RegistrySpec;
import dev.longshore.config.domain.RegistrySpec.CredentialType;
import dev.longshore.config.domain.Stored;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.Credentials;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.Timeouts;
import dev.longshore.oci.client.http.Tls;
import dev.longshore.registries.ConfiguredRegistry;
import dev.longshore.registries.RegistryConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registry that is diagnosed, and clients that give up early. */
final class DiagnosisTarget implements AutoCloseable {

    private static final Timeouts IMPATIENT = new Timeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1), 1);

    private final RegistrySpec spec;
    private final RegistryClient anonymous;
    private final @Nullable RegistryClient client;
    private final @Nullable SecretException closed;

    private DiagnosisTarget(
            RegistrySpec spec,
            RegistryClient anonymous,
            @Nullable RegistryClient client,
            @Nullable SecretException closed) {
        this.spec = spec;
        this.anonymous = anonymous;
        this.client = client;
        this.closed = closed;
    }

    static DiagnosisTarget of(Vertx vertx, Stored registry, Secrets secrets) {
        var spec =
                RegistryParser.parse(registry.name(), registry.content().spec()).spec();
        var event = registry.registryEvent(spec);
        var options = RegistryClientOptions.of(spec.url())
                .withTimeouts(IMPATIENT)
                .withAddressGuard(AddressGuard.of(spec.allowPrivateAddresses()));
        try {
            RegistryConnection connection = ConfiguredRegistry.connection(event, secrets::open);
            var reached = options.withTls(connection.tls());
            return new DiagnosisTarget(
                    spec,
                    RegistryClient.create(vertx, reached.withCredentials(Credentials.anonymous())),
                    RegistryClient.create(vertx, reached.withCredentials(connection.credentials())),
                    null);
        } catch (SecretException failure) {
            var reached =
                    options.withTls(new Tls(spec.tls().verify(), spec.tls().caBundle(), null, null));
            return new DiagnosisTarget(spec, RegistryClient.create(vertx, reached), null, failure);
        }
    }

    RegistryClient anonymous() {
        return anonymous;
    }

    /** With the credentials; fails if they cannot be opened. */
    Uni<RegistryClient> client() {
        return client == null
                ? Uni.createFrom().failure(closed == null ? new IllegalStateException() : closed)
                : Uni.createFrom().item(client);
    }

    boolean hasCredentials() {
        return spec.credentials().type() != CredentialType.NONE;
    }

    boolean allowPrivateAddresses() {
        return spec.allowPrivateAddresses();
    }

    boolean isEncrypted() {
        return spec.isEncrypted();
    }

    boolean isVerified() {
        return spec.tls().verify();
    }

    String host() {
        return spec.url().getHost();
    }

    int port() {
        return spec.port();
    }

    List<String> repositories() {
        return spec.repositories();
    }

    @Override
    public void close() {
        anonymous.close();
        if (client != null) {
            client.close();
        }
    }
}
