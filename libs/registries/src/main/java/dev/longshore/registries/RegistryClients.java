package dev.longshore.registries;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryClientOptions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One client per registered registry, kept for as long as its connection is the same. A replaced client lives on for a
 * while, for what is being done with it.
 */
public final class RegistryClients implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final SecretOpener secrets;
    private final ChangeGuard changeGuard;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(RegistryConnection connection, Governor governor, RegistryClient client) {}

    /**
     * @param secrets asked on a worker thread, because secrets may lie in files
     * @param changeGuard asked by every client before every change, besides what {@code guardedBy} adds
     */
    public RegistryClients(Vertx vertx, SecretOpener secrets, ChangeGuard changeGuard) {
        this.vertx = vertx;
        this.secrets = secrets;
        this.changeGuard = changeGuard;
    }

    /**
     * The client for this configuration. Its secrets are opened each time: one that lies in a file may have changed
     * there. Fails as the opener does.
     */
    public Uni<RegistryClient> client(RegistryConfigured configured) {
        return vertx.executeBlocking(() -> ConfiguredRegistry.connection(configured, secrets), false)
                .map(this::client);
    }

    /** The client for this connection, and for no other that the registry had or has by now. */
    public RegistryClient client(RegistryConnection connection) {
        return open.compute(connection.name(), (_, before) -> current(connection, before))
                .client();
    }

    /** The registry is gone: cuts its connections. */
    public void remove(String name) {
        var removed = open.remove(name);
        if (removed != null) {
            removed.client().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::remove);
    }

    private Open current(RegistryConnection connection, @Nullable Open before) {
        if (before != null && before.connection().equals(connection)) {
            return before;
        }
        if (before != null) {
            vertx.setTimer(LAST_WORDS.toMillis(), _ -> before.client().close());
        }
        var concurrency = connection.limits().concurrency();
        // What a registry asked of us holds for its next connection too.
        var governor = before != null && before.connection().limits().equals(connection.limits())
                ? before.governor()
                : Governor.ofConcurrency(concurrency);
        var options = RegistryClientOptions.of(connection.url())
                .withCredentials(connection.credentials())
                .withTls(connection.tls())
                .withChangeGuard(changeGuard)
                .withAddressGuard(AddressGuard.of(connection.allowPrivateAddresses()))
                .withGovernor(governor);
        return new Open(connection, governor, RegistryClient.create(vertx, options));
    }
}
