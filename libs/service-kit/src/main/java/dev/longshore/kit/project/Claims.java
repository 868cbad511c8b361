package dev.longshore.kit.project;

import dev.longshore.events.RepositoryOwners;
import dev.longshore.events.RepositoryOwners.Claim;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The service's copy of the repositories that projects claim of registries. */
@ApplicationScoped
public class Claims {

    private static final String TAKE = """
            delete from repository_claim where project = :project returning registry || ' ' || pattern""";

    /** Neither names nor patterns have spaces. */
    private static final String PUT = """
            insert into repository_claim (project, registry, pattern)
            select cast(:project as text), split_part(claim, ' ', 1), split_part(claim, ' ', 2)
            from unnest(string_to_array(:claims, ',')) as claim""";

    /**
     * Called by the projection of {@code longshore.config}. Emits the registries of which it claims other than before.
     *
     * @param patterns by registry
     */
    public Uni<SortedSet<String>> put(Mutiny.Session session, String project, Map<String, Set<String>> patterns) {
        var claims = patterns.entrySet().stream()
                .flatMap(claimed -> claimed.getValue().stream().map(pattern -> claimed.getKey() + " " + pattern))
                .collect(Collectors.toSet());
        return replace(session, project, claims);
    }

    /** As {@link #put}, of a project that is no more. */
    public Uni<SortedSet<String>> remove(Mutiny.Session session, String project) {
        return replace(session, project, Set.of());
    }

    /** @param registryProject to which the registry itself belongs */
    public Uni<RepositoryOwners> owners(Mutiny.Session session, String registry, String registryProject) {
        return session.createNativeQuery(
                        "select project, pattern from repository_claim where registry = :registry", Object[].class)
                .setParameter("registry", registry)
                .getResultList()
                .map(rows -> RepositoryOwners.of(
                        registryProject,
                        rows.stream()
                                .map(row -> new Claim((String) row[0], (String) row[1]))
                                .toList()));
    }

    private static Uni<SortedSet<String>> replace(Mutiny.Session session, String project, Set<String> claims) {
        return session.createNativeQuery(TAKE, String.class)
                .setParameter("project", project)
                .getResultList()
                .call(() -> session.createNativeQuery(PUT)
                        .setParameter("project", project)
                        .setParameter("claims", String.join(",", claims))
                        .executeUpdate())
                .map(before -> changed(before, claims));
    }

    private static SortedSet<String> changed(Collection<String> before, Set<String> after) {
        var changed = new HashSet<>(after);
        changed.removeAll(before);
        before.stream().filter(claim -> !after.contains(claim)).forEach(changed::add);
        return changed.stream()
                .map(claim -> claim.substring(0, claim.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
