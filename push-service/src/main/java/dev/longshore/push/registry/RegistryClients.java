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

/** The clients of the registered registries. */
@ApplicationScoped
public class RegistryClients {

    private final RegistryConnections connections;
    private final Secrets secrets;
    private final BlockingCalls blocking;

    RegistryClients(Vertx vertx, Secrets secrets, BlockingCalls blocking) {
        this.connections = new RegistryConnections(vertx, ChangeGuard.open(), List.of());
        this.secrets = secrets;
        this.blocking = blocking;
    }

    /** Secrets may lie in files, which are read off the event loop. */
    public Uni<RegistryClient> client(RegistryConfigured registry) {
        return blocking.call(() -> ConfiguredRegistry.connection(registry, secrets::open))
                .map(connections::client);
    }

    public void remove(String name) {
        connections.remove(name);
    }

    @PreDestroy
    void close() {
        connections.close();
    }
}
