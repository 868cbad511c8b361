package dev.longshore.gateway.approval.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.approval.domain.Approval;
import dev.longshore.gateway.approval.domain.Approval.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Approvals by their id, which is time-ordered. */
@ApplicationScoped
public class ApprovalStore {

    private static final String ADD = """
            insert into approval (id, project, action, resource, reason, requested_by, requested_at, expires_at)
            values (:id, :project, :action, :resource, :reason, :requestedBy, :requestedAt, :expiresAt)""";
    private static final String DECIDE = """
            update approval set decision = :decision, decided_by = :by, decided_at = :at, comment = nullif(:comment, '')
            where id = :id and decision is null""";
    private static final String LIST = """
            select * from approval
            where ($1 = any($2) or project = any($2)) and ($3 = '' or id < $3) and ($4 = '' or resource = $4)
            order by id desc limit $5""";

    private static final String APPROVED = "approved";
    private static final String REJECTED = "rejected";

    private final Pool pool;

    ApprovalStore(Pool pool) {
        this.pool = pool;
    }

    public Uni<Void> add(Mutiny.Session transaction, Approval approval) {
        return transaction
                .createNativeQuery(ADD)
                .setParameter("id", approval.id())
                .setParameter("project", approval.project())
                .setParameter("action", approval.action())
                .setParameter("resource", approval.resource())
                .setParameter("reason", approval.reason())
                .setParameter("requestedBy", approval.requestedBy())
                .setParameter("requestedAt", approval.requestedAt().atOffset(ZoneOffset.UTC))
                .setParameter("expiresAt", approval.expiresAt().atOffset(ZoneOffset.UTC))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Emits false if somebody decided it meanwhile. */
    public Uni<Boolean> decide(Mutiny.Session transaction, String id, Decision decision) {
        return transaction
                .createNativeQuery(DECIDE)
                .setParameter("id", id)
                .setParameter("decision", decision.isApproved() ? APPROVED : REJECTED)
                .setParameter("by", decision.by())
                .setParameter("at", decision.at().atOffset(ZoneOffset.UTC))
                .setParameter("comment", Optional.ofNullable(decision.comment()).orElse(""))
                .executeUpdate()
                .map(updated -> updated == 1);
    }

    public Uni<Optional<Approval>> find(String id) {
        return pool.preparedQuery("select * from approval where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(ApprovalStore::read));
    }

    /**
     * Newest first.
     *
     * @param projects whose approvals are seen
     * @param resource only those for it; empty for all
     */
    public Uni<List<Approval>> list(Set<String> projects, String resource, String before, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(Grants.WHOLE, projects.toArray(String[]::new), before, resource, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ApprovalStore::read)
                        .toList());
    }

    private static Approval read(Row row) {
        return new Approval(
                row.getString("id"),
                row.getString("project"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("reason"),
                row.getString("requested_by"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                decision(row));
    }

    private static @Nullable Decision decision(Row row) {
        var decision = row.getString("decision");
        return decision == null
                ? null
                : new Decision(
                        decision.equals(APPROVED),
                        row.getString("decided_by"),
                        row.getOffsetDateTime("decided_at").toInstant(),
                        row.getString("comment"));
    }
}
