package dev.longshore.retention.registry;

import dev.longshore.kit.secrets.Secrets;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.registries.RegistryClients;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The clients of the registered registries. What changes a registry adds its own guards. */
class RegistryAccess {

    @Produces
    @Singleton
    RegistryClients clients(Vertx vertx, Secrets secrets) {
        return new RegistryClients(vertx, secrets::open, ChangeGuard.open());
    }

    void close(@Disposes RegistryClients clients) {
        clients.close();
    }
}
