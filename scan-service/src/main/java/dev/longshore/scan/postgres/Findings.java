package dev.longshore.scan.postgres;

import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.scan.domain.Finding;
import dev.longshore.scan.domain.Severity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The findings of digests. */
@ApplicationScoped
public class Findings {

    private static final String PUT = """
            insert into finding (digest, severity, vulnerability, package_name, installed_version, fixed_version, status, path,
                published_at, title, url)
            select :digest, severity, vulnerability, package_name, installed_version, fixed_version, status, path,
                published_at, title, url
            from json_to_recordset(cast(cast(:findings as text) as json)) as f(severity smallint, vulnerability text, package_name text,
                installed_version text, fixed_version text, status text, path text, published_at timestamptz, title text,
                url text)""";
    private static final String PAGE = """
            from FindingRow f where f.digest in :digests and f.severity in :severities
            and (f.severity > :severity or (f.severity = :severity and f.id > :id))
            order by f.severity, f.id""";

    /** A finding and the digest that it is of. */
    public record Found(long id, String digest, Finding finding) {

        /** Where a page after this one begins. */
        public String position() {
            return finding.severity().ordinal() + ":" + id;
        }
    }

    /** Emits whether they differ from those before. */
    public Uni<Boolean> replace(Mutiny.Session session, String digest, List<Finding> findings) {
        return of(session, Set.of(digest))
                .chain(before -> isSame(before.getOrDefault(digest, List.of()), findings)
                        ? Uni.createFrom().item(false)
                        : write(session, digest, findings).replaceWith(true));
    }

    /** By digest. */
    public Uni<Map<String, List<Finding>>> of(Mutiny.Session session, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createSelectionQuery(
                        "from FindingRow f where f.digest in :digests order by f.id", FindingRow.class)
                .setParameter("digests", digests)
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.digest, Collectors.mapping(FindingRow::finding, Collectors.toList()))));
    }

    /** The worst first. @param after the position that a page before ended with, or the empty string */
    public Uni<CursorPage<Found>> page(
            Mutiny.Session session, Collection<String> digests, Set<Severity> severities, String after, int limit) {
        if (digests.isEmpty() || severities.isEmpty()) {
            return Uni.createFrom().item(new CursorPage<>(List.of(), null));
        }
        var colon = after.indexOf(':');
        return session.createSelectionQuery(PAGE, FindingRow.class)
                .setParameter("digests", digests)
                .setParameter(
                        "severities",
                        severities.stream().map(one -> (short) one.ordinal()).toList())
                .setParameter("severity", colon < 0 ? (short) -1 : Short.parseShort(after.substring(0, colon)))
                .setParameter("id", colon < 0 ? -1L : Long.parseLong(after.substring(colon + 1)))
                .setMaxResults(limit + 1)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Found(row.id, row.digest, row.finding()))
                        .toList())
                .map(found -> CursorPage.of(found, limit, Found::position));
    }

    /** How many per severity, by digest. */
    public Uni<Map<String, Map<Severity, Integer>>> counts(Mutiny.Session session, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createNativeQuery(
                        "select digest, severity, count(*) from finding where digest in (:digests) group by digest, severity",
                        Object[].class)
                .setParameter("digests", digests)
                .getResultList()
                .map(rows -> {
                    var counts = new TreeMap<String, Map<Severity, Integer>>();
                    rows.forEach(row -> counts.computeIfAbsent((String) row[0], _ -> new EnumMap<>(Severity.class))
                            .put(Severity.values()[((Number) row[1]).intValue()], ((Number) row[2]).intValue()));
                    return counts;
                });
    }

    private static Uni<Void> write(Mutiny.Session session, String digest, List<Finding> findings) {
        return session.createNativeQuery("delete from finding where digest = :digest")
                .setParameter("digest", digest)
                .executeUpdate()
                .chain(() -> findings.isEmpty()
                        ? Uni.createFrom().item(0)
                        : session.createNativeQuery(PUT)
                                .setParameter("digest", digest)
                                .setParameter(
                                        "findings",
                                        StoredJson.write(findings.stream()
                                                .map(Stored::from)
                                                .toList()))
                                .executeUpdate())
                .replaceWithVoid();
    }

    private static boolean isSame(List<Finding> before, List<Finding> after) {
        return before.size() == after.size() && new HashSet<>(before).equals(new HashSet<>(after));
    }

    /** The columns, as the statement names them. */
    private record Stored(
            int severity,
            String vulnerability,
            String package_name,
            String installed_version,
            @Nullable String fixed_version,
            String status,
            String path,
            @Nullable Instant published_at,
            String title,
            String url) {

        static Stored from(Finding finding) {
            return new Stored(
                    finding.severity().ordinal(),
                    finding.vulnerability(),
                    finding.packageName(),
                    finding.installedVersion(),
                    finding.fixedVersion(),
                    finding.status(),
                    finding.path(),
                    finding.publishedAt(),
                    finding.title(),
                    finding.url());
        }
    }
}
