package dev.longshore.replication.postgres;

import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.replication.domain.ReplicationRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The replication rules as configured. */
@ApplicationScoped
public class Rules {

    private static final String SELECT = "select configured from replication_rule ";

    public Uni<Void> put(Mutiny.Session session, ReplicationRuleConfigured rule) {
        return session.createNativeQuery("""
                        insert into replication_rule (name, project, version, source_registry, target_registry, configured)
                        values (:name, :project, :version, :source, :target, :configured)
                        on conflict (name) do update set project = excluded.project, version = excluded.version,
                            source_registry = excluded.source_registry, target_registry = excluded.target_registry,
                            configured = excluded.configured""")
                .setParameter("name", rule.name())
                .setParameter("project", rule.project())
                .setParameter("version", rule.version())
                .setParameter("source", rule.source().registry())
                .setParameter("target", rule.target().registry())
                .setParameter("configured", StoredJson.write(rule))
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Void> remove(Mutiny.Session session, String name) {
        return session.createNativeQuery("delete from replication_rule where name = :name")
                .setParameter("name", name)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Optional<ReplicationRule>> find(Mutiny.Session session, String name) {
        return session.createNativeQuery(SELECT + "where name = :name", String.class)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(json -> Optional.ofNullable(json).map(Rules::rule));
    }

    public Uni<List<ReplicationRule>> from(Mutiny.Session session, String sourceRegistry) {
        return session.createNativeQuery(SELECT + "where source_registry = :registry order by name", String.class)
                .setParameter("registry", sourceRegistry)
                .getResultList()
                .map(Rules::rules);
    }

    /** Those that begin or end at the registry. */
    public Uni<List<ReplicationRule>> touching(Mutiny.Session session, String registry) {
        return session.createNativeQuery(
                        SELECT + "where source_registry = :registry or target_registry = :registry order by name",
                        String.class)
                .setParameter("registry", registry)
                .getResultList()
                .map(Rules::rules);
    }

    public Uni<List<ReplicationRule>> all(Mutiny.Session session) {
        return session.createNativeQuery(SELECT + "order by name", String.class)
                .getResultList()
                .map(Rules::rules);
    }

    private static List<ReplicationRule> rules(List<String> found) {
        return found.stream().map(Rules::rule).toList();
    }

    private static ReplicationRule rule(String json) {
        return ReplicationRule.from(StoredJson.read(json, ReplicationRuleConfigured.class));
    }
}
