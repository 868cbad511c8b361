package dev.longshore.gateway.access.postgres;

import dev.longshore.events.ConfigEvent.Member;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The roles that projects gave to users, groups and service accounts. */
@ApplicationScoped
public class Memberships {

    private static final String USER = "user";
    private static final String SERVICE_ACCOUNT = "service-account";
    private static final String FIND = """
            select project, role from project_member
            where kind = $1 and member = $2 or kind = 'group' and member = any($3)""";
    private static final String CLEAR = "delete from project_member where project = :project";
    private static final String STORE = """
            insert into project_member (project, kind, member, role) values (:project, :kind, :member, :role)
            on conflict do nothing""";

    private final Pool pool;

    Memberships(Pool pool) {
        this.pool = pool;
    }

    /** @param groups as whoever signed them in says */
    public Uni<Grants> ofUser(String name, Collection<String> groups) {
        return find(USER, name, groups);
    }

    public Uni<Grants> ofServiceAccount(String name) {
        return find(SERVICE_ACCOUNT, name, java.util.List.of());
    }

    public Uni<Void> store(Mutiny.Session transaction, ProjectConfigured project) {
        return remove(transaction, project.name()).chain(() -> {
            var stored = Uni.createFrom().voidItem();
            for (var member : project.members()) {
                stored = stored.chain(() -> store(transaction, project.name(), member));
            }
            return stored;
        });
    }

    public Uni<Void> remove(Mutiny.Session transaction, String project) {
        return transaction
                .createNativeQuery(CLEAR)
                .setParameter("project", project)
                .executeUpdate()
                .replaceWithVoid();
    }

    private static Uni<Void> store(Mutiny.Session transaction, String project, Member member) {
        return transaction
                .createNativeQuery(STORE)
                .setParameter("project", project)
                .setParameter("kind", member.kind())
                .setParameter("member", member.name())
                .setParameter("role", member.role())
                .executeUpdate()
                .replaceWithVoid();
    }

    private Uni<Grants> find(String kind, String name, Collection<String> groups) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(kind, name, groups.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Memberships::grants)
                        .reduce(Grants.NONE, Grants::and));
    }

    /** A role that a newer config-service knows gives nothing here. */
    private static Grants grants(Row row) {
        return Role.of(row.getString("role"))
                .map(role -> Grants.of(row.getString("project"), role))
                .orElse(Grants.NONE);
    }
}
