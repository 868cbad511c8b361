package dev.longshore.gateway.webhook.postgres;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.SealedCredentials;
import dev.longshore.events.ConfigEvent.Tls;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The registries, as config-service told of them, and for a while those that are gone. */
@ApplicationScoped
public class WebhookRegistries {

    private static final String FIND = "select configured, deleted_at from webhook_registry where name = $1";
    private static final String STORE = """
            insert into webhook_registry (name, configured, deleted_at) values (:name, :configured, null)
            on conflict (name) do update set configured = excluded.configured, deleted_at = null""";
    private static final String REMOVE =
            "update webhook_registry set deleted_at = now() where name = :name and deleted_at is null";
    private static final String FORGET = "delete from webhook_registry where deleted_at < $1";

    private final Pool pool;

    WebhookRegistries(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<WebhookRegistry>> find(String name) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(name))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(WebhookRegistries::read));
    }

    public Uni<Void> store(Mutiny.Session transaction, RegistryConfigured registry) {
        return transaction
                .createNativeQuery(STORE)
                .setParameter("name", registry.name())
                .setParameter("configured", StoredJson.write(withoutCredentials(registry)))
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session transaction, String name) {
        return transaction
                .createNativeQuery(REMOVE)
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Those removed so long ago that no registry still repeats a notification. */
    public Uni<Integer> forgetRemovedBefore(OffsetDateTime limit) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(limit)).map(rows -> rows.rowCount());
    }

    /** The gateway opens webhook secrets and nothing else: the rest is not even here. */
    private static RegistryConfigured withoutCredentials(RegistryConfigured registry) {
        var credentials = registry.credentials();
        return new RegistryConfigured(
                registry.project(),
                registry.name(),
                registry.version(),
                registry.vendor(),
                registry.url(),
                registry.hosts(),
                registry.mode(),
                new SealedCredentials("none", credentials.version(), Map.of(), Map.of()),
                new Tls(registry.tls().verify(), null, null, null),
                registry.webhook(),
                registry.reconcileEvery(),
                registry.repositories(),
                registry.limits(),
                registry.allowPrivateAddresses());
    }

    private static WebhookRegistry read(Row row) {
        return new WebhookRegistry(
                StoredJson.read(row.getString("configured"), RegistryConfigured.class),
                Optional.ofNullable(row.getOffsetDateTime("deleted_at")).map(OffsetDateTime::toInstant));
    }
}
