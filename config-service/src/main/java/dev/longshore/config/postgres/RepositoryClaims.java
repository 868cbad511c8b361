package dev.longshore.config.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.ProjectSpec;
import dev.longshore.config.domain.ProjectSpec.Claim;
import dev.longshore.config.domain.Stored;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Which repositories of registries projects claim, and who may say so. */
final class RepositoryClaims {

    private RepositoryClaims() {}

    /**
     * Fails if something is claimed anew by someone without a role in the whole installation, of no registry, or as another
     * project does. The registries are locked: of two who claim at once the later one sees what the other did.
     */
    static Uni<Void> require(Mutiny.Session session, Desired desired, Optional<Stored> before, Access access) {
        if (!(desired.spec() instanceof ProjectSpec project)) {
            return Uni.createFrom().voidItem();
        }
        var known = before.map(RepositoryClaims::of).orElse(List.of());
        var added = project.claims().stream()
                .filter(claim -> known.stream().noneMatch(claim::isSameAs))
                .toList();
        if (added.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        access.requireEverywhere();
        return lockRegistries(session, added).chain(() -> requireUnclaimed(session, desired.name(), added));
    }

    /** What a project claims now; nothing if it is no project. */
    static List<Claim> of(Stored stored) {
        return stored.kind() == Kind.PROJECT
                ? ProjectSpec.parse(stored.name(), stored.content().spec()).claims()
                : List.of();
    }

    /** Fails while a project claims something of the registry. */
    static Uni<Void> requireNone(Mutiny.Session session, String registry) {
        return projects(session)
                .invoke(projects -> {
                    var names = projects.stream()
                            .filter(project -> of(project).stream()
                                    .anyMatch(claim -> claim.registry().equals(registry)))
                            .map(Stored::name)
                            .toList();
                    if (!names.isEmpty()) {
                        throw new ProblemException(
                                ErrorCode.CONFLICT,
                                "Repositories of the registry %s are claimed by the projects %s: change them first"
                                        .formatted(registry, String.join(", ", names)));
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> lockRegistries(Mutiny.Session session, Collection<Claim> claims) {
        var registries = claims.stream()
                .collect(Collectors.toMap(Claim::registry, Function.identity(), (one, _) -> one, TreeMap::new));
        return Multi.createFrom()
                .iterable(registries.values())
                .onItem()
                .transformToUniAndConcatenate(
                        claim -> lockRegistry(session, claim).replaceWith(claim))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> lockRegistry(Mutiny.Session session, Claim claim) {
        return session.find(ResourceRow.class, Kind.REGISTRY.key(claim.registry()), PESSIMISTIC_WRITE)
                .invoke(row -> {
                    if (Optional.ofNullable(row).flatMap(ResourceRow::stored).isEmpty()) {
                        throw new InvalidSpecException(
                                ErrorCode.INVALID_REQUEST,
                                claim.pointer(),
                                "There is no registry named %s".formatted(Quoted.of(claim.registry())));
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> requireUnclaimed(Mutiny.Session session, String name, List<Claim> claims) {
        return projects(session)
                .invoke(projects -> projects.stream()
                        .filter(project -> !project.name().equals(name))
                        .forEach(project -> requireOther(project, claims)))
                .replaceWithVoid();
    }

    private static void requireOther(Stored project, List<Claim> claims) {
        of(project).stream()
                .filter(theirs -> claims.stream().anyMatch(theirs::isSameAs))
                .findFirst()
                .ifPresent(theirs -> {
                    throw new ProblemException(
                            ErrorCode.REPOSITORIES_CLAIMED,
                            "The project '%s' claims %s of the registry '%s' already: a repository belongs to one project"
                                    .formatted(project.name(), Quoted.of(theirs.pattern()), theirs.registry()));
                });
    }

    private static Uni<List<Stored>> projects(Mutiny.Session session) {
        return session.createQuery(
                        "from ResourceRow where kind = :kind and not isDeleted order by name", ResourceRow.class)
                .setParameter("kind", Kind.PROJECT.toString())
                .getResultList()
                .map(rows -> rows.stream().flatMap(row -> row.stored().stream()).toList());
    }
}
