package dev.longshore.replication.postgres;

import dev.longshore.kit.http.Access;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was copied where. */
@ApplicationScoped
public class Replicas {

    private static final String SELECT = """
            select project, rule, source_registry, source_repository, source_reference, target_registry, target_repository,
                   target_reference, digest, array_to_string(referrers, ' ') as referrers, bytes, execution,
                   cast(extract(epoch from copied_at) * 1000 as bigint) as copied_at
            from replica
            """;

    private static final String POSITION = "concat_ws(' ', rule, source_registry, source_repository, source_reference,"
            + " target_registry, target_repository, target_reference) collate \"C\"";

    private static final String IS_IT =
            "rule = :rule and source_registry = :sourceRegistry and source_repository = :sourceRepository"
                    + " and source_reference = :sourceReference and target_registry = :targetRegistry"
                    + " and target_repository = :targetRepository and target_reference = :targetReference";

    public Uni<Optional<Replica>> find(
            Mutiny.Session session, String rule, ImageReference source, ImageReference target) {
        return session.createNativeQuery(SELECT + "where " + IS_IT, Tuple.class)
                .setParameter("rule", rule)
                .setParameter("sourceRegistry", source.registry())
                .setParameter("sourceRepository", source.repository())
                .setParameter("sourceReference", source.reference().value())
                .setParameter("targetRegistry", target.registry())
                .setParameter("targetRepository", target.repository())
                .setParameter("targetReference", target.reference().value())
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(Replica::from));
    }

    public Uni<Void> put(Mutiny.Session session, Replica replica) {
        return session.createNativeQuery("""
                        insert into replica (rule, source_registry, source_repository, source_reference, target_registry,
                            target_repository, target_reference, project, digest, referrers, bytes, execution, copied_at)
                        values (:rule, :sourceRegistry, :sourceRepository, :sourceReference, :targetRegistry,
                            :targetRepository, :targetReference, :project, :digest, string_to_array(:referrers, ' '), :bytes,
                            :execution, :copiedAt)
                        on conflict (source_registry, source_repository, source_reference, rule, target_registry,
                            target_repository, target_reference) do update set project = excluded.project,
                            digest = excluded.digest, referrers = excluded.referrers, bytes = excluded.bytes,
                            execution = excluded.execution, copied_at = excluded.copied_at""")
                .setParameter("rule", replica.rule())
                .setParameter("sourceRegistry", replica.source().registry())
                .setParameter("sourceRepository", replica.source().repository())
                .setParameter("sourceReference", replica.source().reference().value())
                .setParameter("targetRegistry", replica.target().registry())
                .setParameter("targetRepository", replica.target().repository())
                .setParameter("targetReference", replica.target().reference().value())
                .setParameter("project", replica.project())
                .setParameter("digest", replica.digest().toString())
                .setParameter("referrers", text(replica))
                .setParameter("bytes", replica.bytes())
                .setParameter("execution", replica.execution())
                .setParameter("copiedAt", replica.copiedAt())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Copies from or to the reference, by its tag or its digest. {@code after} is a position that {@link #position} made. */
    public Uni<List<Replica>> of(
            Mutiny.Session session, ImageReference reference, String after, int limit, Access access) {
        return session.createNativeQuery(SELECT + """
                        where ((source_registry = :registry and source_repository = :repository
                                and (source_reference = :reference or digest = :reference))
                            or (target_registry = :registry and target_repository = :repository
                                and (target_reference = :reference or digest = :reference)))
                          and ('*' = any(string_to_array(:projects, ',')) or project = any(string_to_array(:projects, ',')))
                          and POSITION > :after
                        order by POSITION""".replace("POSITION", POSITION), Tuple.class)
                .setParameter("registry", reference.registry())
                .setParameter("repository", reference.repository())
                .setParameter("reference", reference.reference().value())
                .setParameter("after", after)
                .setParameter("projects", String.join(",", access.visible()))
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(Replica::from).toList());
    }

    /** Where in the list it stands. */
    public static String position(Replica replica) {
        return String.join(
                " ",
                replica.rule(),
                replica.source().registry(),
                replica.source().repository(),
                replica.source().reference().value(),
                replica.target().registry(),
                replica.target().repository(),
                replica.target().reference().value());
    }

    private static String text(Replica replica) {
        return replica.referrers().stream().map(Digest::toString).sorted().collect(Collectors.joining(" "));
    }
}
