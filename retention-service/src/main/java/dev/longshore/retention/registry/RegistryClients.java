package dev.longshore.retention.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.secrets.Secrets;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.registries.ConfiguredRegistry;
import dev.longshore.registries.RegistryConnection;
import dev.longshore.registries.RegistryConnections;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One client per registry. Secrets are opened when a client is made. */
@ApplicationScoped
public class RegistryClients {

    private final Secrets secrets;
    private final BlockingCalls blocking;
    private final RegistryConnections connections;
    private final Map<String, RegistryConnection> opened = new ConcurrentHashMap<>();

    RegistryClients(Vertx vertx, Secrets secrets, BlockingCalls blocking) {
        this.secrets = secrets;
        this.blocking = blocking;
        this.connections = new RegistryConnections(vertx, ChangeGuard.open(), List.of());
    }

    public Uni<RegistryClient> client(RegistryConfigured configured) {
        var known = opened.get(configured.name());
        return known != null && known.version() == configured.version()
                ? Uni.createFrom().item(() -> connections.client(known))
                : blocking.call(() -> ConfiguredRegistry.connection(configured, secrets::open))
                        .invoke(connection -> opened.put(configured.name(), connection))
                        .map(connections::client);
    }

    /** The registry is gone: cuts its connections. */
    public void remove(String name) {
        opened.remove(name);
        connections.remove(name);
    }

    @PreDestroy
    void close() {
        connections.close();
    }
}
