package dev.longshore.scan.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.secrets.SecretException;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.registries.ConfiguredRegistry;
import dev.longshore.registries.RegistryClients;
import dev.longshore.registries.RegistryConnection;
import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/** The clients of the registered registries. They only read: whatever would change a registry is refused. */
@ApplicationScoped
public class Registries {

    /** Of what a registry may be asked at once, scanning takes a fifth; copying and listing have the rest. */
    private static final double SHARE = 0.2;

    private final Secrets secrets;
    private final RegistryClients clients;

    Registries(Vertx vertx, Secrets secrets) {
        this.secrets = secrets;
        ChangeGuard readOnly =
                () -> Uni.createFrom().failure(new IllegalStateException("Scanning changes nothing at registries"));
        this.clients = new RegistryClients(vertx, secrets::open, readOnly);
    }

    /** Opens the registry's secrets, which may read files: not for an event loop. */
    public RegistryClient client(RegistryConfigured configured) {
        try {
            return clients.client(share(ConfiguredRegistry.connection(configured, secrets::open)));
        } catch (SecretException | IllegalArgumentException failure) {
            throw new ScanFailedException(
                    FailureCode.REGISTRY_REFUSED,
                    "The credentials of %s cannot be used: %s".formatted(configured.name(), failure.getMessage()),
                    failure);
        }
    }

    public void remove(String name) {
        clients.remove(name);
    }

    @PreDestroy
    void close() {
        clients.close();
    }

    private static RegistryConnection share(RegistryConnection whole) {
        var concurrency = (int) Math.ceil(whole.limits().concurrency() * SHARE);
        return new RegistryConnection(
                whole.name(),
                whole.version(),
                whole.vendor(),
                whole.url(),
                whole.hosts(),
                whole.credentials(),
                whole.tls(),
                new RegistryConnection.Limits(Math.max(1, concurrency)),
                whole.allowPrivateAddresses());
    }
}
