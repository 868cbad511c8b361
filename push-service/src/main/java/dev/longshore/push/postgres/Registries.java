package dev.longshore.push.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.project.Claims;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The service's copy of the registries, and when each is to be listed. */
@ApplicationScoped
public class Registries {

    private static final String PUT = """
            insert into registry (name, project, version, document, reconcile_due_at)
            values (:name, :project, :version, :document, now())
            on conflict (name) do update set project = excluded.project, version = excluded.version,
                document = excluded.document, removed_at = null,
                reconcile_due_at = least(registry.reconcile_due_at, excluded.reconcile_due_at)
            returning coalesce((select project from registry where name = :name), :project) <> :project""";

    /** Whoever changes it meanwhile waits. */
    private static final String HOLD = "select project from registry where name = :name for share";

    private static final String TAKE_DUE = """
            select name, document from registry
            where removed_at is null and reconcile_due_at <= now() order by reconcile_due_at limit 20 for update skip locked""";

    private final Pool pool;
    private final Claims claims;

    Registries(Pool pool, Claims claims) {
        this.pool = pool;
        this.claims = claims;
    }

    /** What is known of a registered name. */
    public sealed interface State {

        record Configured(RegistryConfigured registry) implements State {}

        /** It was registered once. */
        record Removed() implements State {}

        /** Perhaps it was registered a moment ago. */
        record Unknown() implements State {}
    }

    public Uni<State> find(String name) {
        return pool.preparedQuery("select document, removed_at from registry where name = $1")
                .execute(Tuple.of(name))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Registries::state)
                        .findFirst()
                        .orElseGet(State.Unknown::new));
    }

    /** The names of those that someone may see, removed ones too. */
    public Uni<Set<String>> visible(Access access) {
        return pool.preparedQuery("select name from registry where '*' = any($1) or project = any($1)")
                .execute(Tuple.of(access.names()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("name"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whose its repositories are. */
    public Uni<RepositoryOwners> owners(Mutiny.Session session, RegistryConfigured registry) {
        return claims.owners(session, registry.name(), registry.project());
    }

    /**
     * Whose a registry's repositories are until the transaction ends: a change of that waits for it, and then finds what
     * it wrote.
     *
     * @param otherwise whose all are if the registry is not known yet
     */
    public Uni<RepositoryOwners> heldOwners(Mutiny.Session session, String registry, String otherwise) {
        return session.createNativeQuery(HOLD, String.class)
                .setParameter("name", registry)
                .getResultList()
                .map(found -> found.isEmpty() ? otherwise : found.getFirst())
                .chain(project -> claims.owners(session, registry, project));
    }

    /** Waits for those who hold the owners; who holds them from now on waits for the transaction's end. */
    public Uni<Void> hold(Mutiny.Session session, String registry) {
        return session.createNativeQuery("select name from registry where name = :name for update", String.class)
                .setParameter("name", registry)
                .getResultList()
                .replaceWithVoid();
    }

    /** Emits whether it was another project's before. */
    public Uni<Boolean> put(Mutiny.Session session, RegistryConfigured registry) {
        return session.createNativeQuery(PUT, Boolean.class)
                .setParameter("name", registry.name())
                .setParameter("project", registry.project())
                .setParameter("version", registry.version())
                .setParameter("document", StoredJson.write(registry))
                .getSingleResult();
    }

    /** Emits false if there was none. */
    public Uni<Boolean> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery(
                        "update registry set removed_at = now() where name = :name and removed_at is null")
                .setParameter("name", name)
                .executeUpdate()
                .map(updated -> updated == 1);
    }

    /** Locks the registries whose time to be listed has come: of all replicas one gets them. */
    public Uni<List<RegistryConfigured>> due(Mutiny.Session session) {
        return session.createNativeQuery(TAKE_DUE, Object[].class)
                .getResultList()
                .map(rows -> rows.stream().map(row -> document((String) row[1])).toList());
    }

    public Uni<Void> reconcileAgain(Mutiny.Session session, RegistryConfigured registry) {
        return session.createNativeQuery(
                        "update registry set reconcile_due_at = now() + make_interval(secs => cast(:every as double precision)) where name = :name")
                .setParameter("every", (double) registry.reconcileEvery().toSeconds())
                .setParameter("name", registry.name())
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> reconciled(Mutiny.Session session, String name) {
        return session.createNativeQuery("update registry set reconciled_at = now() where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    private static State state(Row row) {
        return Optional.ofNullable(row.getOffsetDateTime("removed_at")).isPresent()
                ? new State.Removed()
                : new State.Configured(document(row.getString("document")));
    }

    private static RegistryConfigured document(String text) {
        return StoredJson.read(text, new TypeReference<>() {});
    }
}
