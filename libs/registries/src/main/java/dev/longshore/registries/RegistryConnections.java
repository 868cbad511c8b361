package dev.longshore.registries;

import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.address.AddressGuard;
import dev.longshore.oci.client.http.ChangeGuard;
import dev.longshore.oci.client.http.Governor;
import dev.longshore.oci.client.http.RegistryClientOptions;
import dev.longshore.oci.client.http.RequestListener;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One client per registered registry, kept until its connection's version changes. A replaced client lives on for a
 * while, for what is being done with it.
 */
public final class RegistryConnections implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final ChangeGuard changeGuard;
    private final List<RequestListener> listeners;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(long version, int concurrency, Governor governor, RegistryClient client) {}

    /** @param changeGuard asked by every client before every change, besides what {@code guardedBy} adds */
    public RegistryConnections(Vertx vertx, ChangeGuard changeGuard, List<RequestListener> listeners) {
        this.vertx = vertx;
        this.changeGuard = changeGuard;
        this.listeners = List.copyOf(listeners);
    }

    /** The client for this version of the connection; an older version that comes late does not replace a newer one. */
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
        if (before != null && before.version() >= connection.version()) {
            return before;
        }
        if (before != null) {
            vertx.setTimer(LAST_WORDS.toMillis(), _ -> before.client().close());
        }
        var concurrency = connection.limits().concurrency();
        // What a registry asked of us holds for its next version too.
        var governor = before != null && before.concurrency() == concurrency
                ? before.governor()
                : Governor.ofConcurrency(concurrency);
        var options = RegistryClientOptions.of(connection.url())
                .withCredentials(connection.credentials())
                .withTls(connection.tls())
                .withChangeGuard(changeGuard)
                .withAddressGuard(AddressGuard.of(connection.allowPrivateAddresses()))
                .withGovernor(governor)
                .withListeners(listeners);
        return new Open(connection.version(), concurrency, governor, RegistryClient.create(vertx, options));
    }
}
