package dev.longshore.replication.postgres;

import dev.longshore.oci.Digest;
import dev.longshore.replication.domain.Known.Owners;
import dev.longshore.replication.domain.Known.TargetMode;
import dev.longshore.replication.domain.ReplicationRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Tags with their decision, their replica and their referrers, in one query however many there are: a run over thousands
 * that are in sync is a few reads and no write.
 */
@ApplicationScoped
public class Candidates {

    /** Referrers are looked for only where they can make a difference. The placeholder is a parameter: Hibernate takes braces. */
    private static final String SELECT = """
            select t.repository, t.tag, t.digest, cast(extract(epoch from t.pushed_at) * 1000 as bigint) as pushed_at,
                   coalesce(d.action, '') as action, coalesce(r.digest, '') as copied,
                   coalesce(array_to_string(r.referrers, ' '), '') as copied_referrers,
                   case when r.digest = t.digest
                        then array_to_string(referrers_of(t.registry, t.repository, t.digest), ' ') else '' end as referrers
            from inventory_tag t
            left join decision d on d.registry = t.registry and d.repository = t.repository and d.digest = t.digest
            left join replica r on r.rule = :rule and r.source_registry = t.registry and r.source_repository = t.repository
                and r.source_reference = t.tag and r.target_registry = :target and r.target_reference = t.tag
                and r.target_repository = replace(:template, :placeholder, t.repository)
            where t.registry = :registry
            """;

    private final Registries registries;

    Candidates(Registries registries) {
        this.registries = registries;
    }

    public Uni<Optional<Candidate>> find(Mutiny.Session session, ReplicationRule rule, String repository, String tag) {
        return ends(session, rule)
                .chain(ends -> query(session, rule, "and t.repository = :repository and t.tag = :tag")
                        .setParameter("repository", repository)
                        .setParameter("tag", tag)
                        .getSingleResultOrNull()
                        .map(row -> Optional.ofNullable(row).map(found -> candidate(rule, ends, found))));
    }

    /** All tags of one repository that name one of the digests. */
    public Uni<List<Candidate>> of(
            Mutiny.Session session, ReplicationRule rule, String repository, Collection<Digest> digests) {
        var texts = digests.stream().map(Digest::toString).collect(Collectors.joining(" "));
        return ends(session, rule)
                .chain(ends -> query(
                                session,
                                rule,
                                "and t.repository = :repository and t.digest = any(string_to_array(:digests, ' '))")
                        .setParameter("repository", repository)
                        .setParameter("digests", texts)
                        .getResultList()
                        .map(rows -> candidates(rule, ends, rows)));
    }

    /** The tags after this one, in the order of repository and tag. */
    public Uni<List<Candidate>> page(
            Mutiny.Session session, ReplicationRule rule, String afterRepository, String afterTag, int limit) {
        return ends(session, rule)
                .chain(ends -> query(session, rule, """
                                and (t.repository, t.tag) > (:repository, :tag) and starts_with(t.repository, :prefix)
                                order by t.repository, t.tag""")
                        .setParameter("repository", afterRepository)
                        .setParameter("tag", afterTag)
                        .setParameter("prefix", rule.repositoryPrefix())
                        .setMaxResults(limit)
                        .getResultList()
                        .map(rows -> candidates(rule, ends, rows)));
    }

    private static Mutiny.SelectionQuery<Tuple> query(Mutiny.Session session, ReplicationRule rule, String condition) {
        return session.createNativeQuery(SELECT + condition, Tuple.class)
                .setParameter("rule", rule.name())
                .setParameter("registry", rule.sourceRegistry())
                .setParameter("target", rule.targetRegistry())
                .setParameter("template", rule.targetTemplate())
                .setParameter("placeholder", ReplicationRule.REPOSITORY);
    }

    private record Ends(TargetMode mode, Owners owners) {}

    private Uni<Ends> ends(Mutiny.Session session, ReplicationRule rule) {
        return registries
                .mode(session, rule.targetRegistry())
                .chain(mode -> registries
                        .owners(session, rule.sourceRegistry())
                        .chain(source -> registries
                                .owners(session, rule.targetRegistry())
                                .map(target -> new Ends(mode, new Owners(source, target)))));
    }

    private static List<Candidate> candidates(ReplicationRule rule, Ends ends, List<Tuple> rows) {
        return rows.stream().map(row -> candidate(rule, ends, row)).toList();
    }

    private static Candidate candidate(ReplicationRule rule, Ends ends, Tuple row) {
        return Candidate.from(rule.sourceRegistry(), ends.mode(), ends.owners(), row);
    }
}
