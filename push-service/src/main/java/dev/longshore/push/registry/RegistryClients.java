package dev.longshore.push.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.registries.ConfiguredRegistry;
import dev.longshore.registries.RegistryConnections;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of the registered registries. */
@ApplicationScoped
public class RegistryClients {

    private final RegistryConnections connections;
    private final Map<String, RegistryConfigured> known = new ConcurrentHashMap<>();
    private final Secrets secrets;
    private final BlockingCalls blocking;

    RegistryClients(Vertx vertx, Secrets secrets, BlockingCalls blocking) {
        this.connections = new RegistryConnections(vertx, ChangeGuard.open(), List.of());
        this.secrets = secrets;
        this.blocking = blocking;
    }

    /**
     * A name that was removed and given to another registry begins with version 1 again.
     *
     * <p>Secrets may lie in files, which are read off the event loop.
     */
    public Uni<RegistryClient> client(RegistryConfigured registry) {
        var before = known.put(registry.name(), registry);
        if (before != null && before.version() >= registry.version() && !before.equals(registry)) {
            connections.remove(registry.name());
        }
        return blocking.call(() -> ConfiguredRegistry.connection(registry, secrets::open))
                .map(connections::client);
    }

    public void remove(String name) {
        known.remove(name);
        connections.remove(name);
    }

    @PreDestroy
    void close() {
        connections.close();
    }
}
