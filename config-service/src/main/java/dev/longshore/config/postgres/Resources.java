package dev.longshore.config.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_READ;
import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ReplicationRuleSpec;
import dev.longshore.config.domain.Stored;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.config.postgres.Change.Outcome;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is configured. */
@ApplicationScoped
public class Resources {

    /** Somewhere to take a lock before the resource exists; of version 0 and deleted, so that nobody sees it. */
    private static final String INSERT_IF_MISSING = """
            insert into resource (id, kind, name, project, version, spec, secrets, secrets_version,
                                  created_at, updated_at, updated_by, is_deleted)
            values (:id, :kind, :name, '', 0, '{}', '{}', 0, now(), now(), '', true)
            on conflict do nothing""";

    private final Mutiny.SessionFactory sessions;
    private final ConfigChanges changes;
    private final Clock clock = Clock.systemUTC();

    Resources(Mutiny.SessionFactory sessions, ConfigChanges changes) {
        this.sessions = sessions;
        this.changes = changes;
    }

    public Uni<Optional<Stored>> find(Kind kind, String name) {
        return sessions.withSession(session -> session.find(ResourceRow.class, kind.key(name)))
                .map(row -> Optional.ofNullable(row).flatMap(ResourceRow::stored));
    }

    /** As {@link #find}; fails if there is none that the caller may see. */
    public Uni<Stored> get(Kind kind, String name, Access access) {
        return find(kind, name).map(found -> Ownership.seen(found, access).orElseThrow(() -> missing(kind, name)));
    }

    /** What the caller may see, by name. */
    public Uni<CursorPage<Stored>> list(Kind kind, String after, int limit, Access access) {
        return sessions.withSession(session -> session.createQuery(
                                "from ResourceRow where kind = :kind and name > :after and not isDeleted"
                                        + " and (:all = true or project in (:projects)) order by name",
                                ResourceRow.class)
                        .setParameter("kind", kind.toString())
                        .setParameter("after", after)
                        .setParameter("all", access.visible().contains(Access.ALL))
                        .setParameter("projects", access.visible())
                        .setMaxResults(limit + 1)
                        .getResultList())
                .map(rows -> rows.stream().flatMap(row -> row.stored().stream()).toList())
                .map(found -> CursorPage.of(found, limit, Stored::name));
    }

    /** Creates or replaces; does nothing at all if it says what is said already. */
    public Uni<Change> put(Desired desired, Precondition precondition, Actor actor) {
        return sessions.withTransaction((session, _) -> lock(session, desired)
                        .call(row -> Ownership.requireDesired(session, desired, row.stored(), actor.access()))
                        .chain(row -> write(session, row, desired, precondition, actor)))
                .invoke(change -> count(desired.kind(), change.outcome()));
    }

    /** Fails if there is none, or a registry is still in use. */
    public Uni<Void> delete(Kind kind, String name, Precondition precondition, Actor actor) {
        return sessions.withTransaction((session, _) -> session.find(
                                ResourceRow.class, kind.key(name), PESSIMISTIC_WRITE)
                        .chain(row -> {
                            var before = Optional.ofNullable(row)
                                    .flatMap(ResourceRow::stored)
                                    .filter(stored ->
                                            actor.access().sees(stored.content().project()))
                                    .orElseThrow(() -> missing(kind, name));
                            Ownership.requireCurrent(before, actor.access());
                            precondition.check(kind.resource(name), Optional.of(before.version()));
                            return requireUnused(session, before)
                                    .invoke(() -> row.delete(clock.instant(), actor.name()))
                                    .chain(() -> changes.deleted(session, before, actor));
                        }))
                .invoke(() -> changes.count(kind, "deleted"));
    }

    /** Publishes everything again, removals too. Emits how many records that were. */
    public Uni<Long> republish(Actor actor) {
        return sessions.withSession(session -> session.createQuery(
                                "select id from ResourceRow where version > 0 order by id", String.class)
                        .getResultList())
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(this::republishOne)
                        .collect()
                        .with(java.util.stream.Collectors.counting()))
                .call(records ->
                        sessions.withTransaction((session, _) -> changes.republished(session, records, actor)));
    }

    /** Under the row's lock, so that no newer state is overtaken. */
    private Uni<String> republishOne(String id) {
        return sessions.withTransaction((session, _) -> session.find(ResourceRow.class, id, PESSIMISTIC_READ)
                .call(row -> row.stored()
                        .map(stored -> changes.again(session, stored))
                        .orElseGet(() -> changes.removed(session, row.kind(), row.name, row.project)))
                .replaceWith(id));
    }

    private Uni<ResourceRow> lock(Mutiny.Session session, Desired desired) {
        var id = desired.kind().key(desired.name());
        return session.createNativeQuery(INSERT_IF_MISSING)
                .setParameter("id", id)
                .setParameter("kind", desired.kind().toString())
                .setParameter("name", desired.name())
                .executeUpdate()
                .chain(() -> session.find(ResourceRow.class, id, PESSIMISTIC_WRITE));
    }

    private Uni<Change> write(
            Mutiny.Session session, ResourceRow row, Desired desired, Precondition precondition, Actor actor) {
        var before = row.stored();
        precondition.check(desired.kind().resource(desired.name()), before.map(Stored::version));
        var content = desired.content().apply(before);
        if (row.says(content)) {
            return Uni.createFrom().item(new Change(Outcome.UNCHANGED, before.orElseThrow()));
        }
        // PostgreSQL keeps microseconds; what is answered now is to be what is answered later.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        desired.spec().checkWhenNew(now);
        var after = row.write(content, now, actor.name());
        var outcome = before.isPresent() ? Outcome.CHANGED : Outcome.CREATED;
        return changes.written(session, before, after, actor).replaceWith(new Change(outcome, after));
    }

    private static Uni<Void> requireUnused(Mutiny.Session session, Stored resource) {
        if (resource.kind() == Kind.PROJECT) {
            return Ownership.requireEmpty(session, resource);
        }
        if (resource.kind() != Kind.REGISTRY) {
            return Uni.createFrom().voidItem();
        }
        return RepositoryClaims.requireNone(session, resource.name()).chain(() -> requireNoRules(session, resource));
    }

    private static Uni<Void> requireNoRules(Mutiny.Session session, Stored resource) {
        return session.createQuery(
                        "from ResourceRow where kind = :kind and not isDeleted order by name", ResourceRow.class)
                .setParameter("kind", Kind.REPLICATION_RULE.toString())
                .getResultList()
                .invoke(rows -> {
                    var users = rows.stream()
                            .flatMap(row -> row.stored().stream())
                            .filter(rule -> ReplicationRuleSpec.parse(
                                            rule.name(), rule.content().spec())
                                    .uses(resource.name()))
                            .map(Stored::name)
                            .toList();
                    if (!users.isEmpty()) {
                        throw new ProblemException(
                                ErrorCode.CONFLICT,
                                "The registry %s is used by the replication rules %s: delete or change them first"
                                        .formatted(resource.name(), String.join(", ", users)));
                    }
                })
                .replaceWithVoid();
    }

    private void count(Kind kind, Outcome outcome) {
        switch (outcome) {
            case CREATED -> changes.count(kind, "created");
            case CHANGED -> changes.count(kind, "changed");
            case UNCHANGED -> {}
        }
    }

    private static ProblemException missing(Kind kind, String name) {
        return new ProblemException(
                ErrorCode.NOT_FOUND,
                "There is no " + kind.resource(Quoted.of(name).replace("'", "")));
    }
}
