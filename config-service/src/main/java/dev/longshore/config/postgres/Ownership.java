package dev.longshore.config.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_READ;

import dev.longshore.config.domain.Kind;
import dev.longshore.config.domain.RegistrySpec;
import dev.longshore.config.domain.Stored;
import dev.longshore.config.domain.input.InvalidSpecException;
import dev.longshore.config.domain.input.Quoted;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** To which project things belong, and what that allows someone to do with them. */
final class Ownership {

    /** It is there before anyone makes it: what names no project belongs to it. */
    private static final String DEFAULT_PROJECT = "default";

    private static final String INSTALLATION = "installation";
    private static final String ALLOW_PRIVATE_ADDRESSES = "allowPrivateAddresses";
    private static final int NAMED = 5;

    private Ownership() {}

    /** What is now, if the caller may see it. */
    static Optional<Stored> seen(Optional<Stored> found, Access access) {
        return found.filter(stored -> access.sees(stored.content().project()));
    }

    /** Fails unless the caller may do this to what is now. */
    static void requireCurrent(Stored before, Access access) {
        access.require(before.content().project());
        if (isForAll(before.kind(), before.name())) {
            access.requireEverywhere();
        }
    }

    /** Fails unless the caller may make it so, of what is there. The project stays until the transaction ends. */
    static Uni<Void> requireDesired(Mutiny.Session session, Desired desired, Optional<Stored> before, Access access) {
        before.ifPresent(stored -> requireCurrent(stored, access));
        if (isForAll(desired.kind(), desired.name()) || opensAnAddress(desired, before)) {
            access.requireEverywhere();
        }
        var project = desired.spec().project();
        return requireProject(session, desired, project, access)
                .chain(() -> requireRegistries(session, desired, access))
                .chain(() -> RepositoryClaims.require(session, desired, before, access));
    }

    /** Fails while something belongs to the project, be it repositories of a registry that does not. */
    static Uni<Void> requireEmpty(Mutiny.Session session, Stored project) {
        return session.createQuery(
                        "from ResourceRow where project = :project and kind <> :kind and not isDeleted order by id",
                        ResourceRow.class)
                .setParameter("project", project.name())
                .setParameter("kind", Kind.PROJECT.toString())
                .setMaxResults(NAMED)
                .getResultList()
                .invoke(rows -> {
                    var named = Stream.concat(
                                    rows.stream().map(row -> row.id),
                                    RepositoryClaims.of(project).stream()
                                            .map(claim -> Kind.REGISTRY.key(claim.registry()) + "/" + claim.pattern()))
                            .limit(NAMED)
                            .collect(Collectors.joining(", "));
                    if (!named.isEmpty()) {
                        throw new ProblemException(
                                ErrorCode.CONFLICT,
                                "To the project %s belong %s: delete or move them first"
                                        .formatted(project.name(), named));
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> requireProject(Mutiny.Session session, Desired desired, String project, Access access) {
        if (desired.kind() == Kind.PROJECT) {
            access.require(project);
            return Uni.createFrom().voidItem();
        }
        return find(session, Kind.PROJECT, project)
                .invoke(row -> {
                    var isThere = project.equals(DEFAULT_PROJECT) || row.isPresent();
                    if (!isThere || !access.sees(project)) {
                        throw new InvalidSpecException(
                                ErrorCode.INVALID_REQUEST,
                                "/project",
                                "There is no project named %s".formatted(Quoted.of(project)));
                    }
                    access.require(project);
                })
                .replaceWithVoid();
    }

    /** Locked, so that none is deleted meanwhile. */
    private static Uni<Void> requireRegistries(Mutiny.Session session, Desired desired, Access access) {
        return Multi.createFrom()
                .iterable(List.copyOf(new TreeMap<>(desired.registries()).entrySet()))
                .onItem()
                .transformToUniAndConcatenate(entry -> find(session, Kind.REGISTRY, entry.getValue())
                        .invoke(registry -> requireRegistry(desired, entry, registry, access))
                        .replaceWith(entry))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** What is done with a registry is done by those who may do it in the registry's project, or for that project. */
    private static void requireRegistry(
            Desired desired, Map.Entry<String, String> pointerAndName, Optional<Stored> found, Access access) {
        var registry = seen(found, access)
                .orElseThrow(() -> new InvalidSpecException(
                        ErrorCode.INVALID_REQUEST,
                        pointerAndName.getKey(),
                        "There is no registry named %s".formatted(Quoted.of(pointerAndName.getValue()))));
        if (!registry.content().project().equals(desired.spec().project())) {
            access.require(registry.content().project());
        }
    }

    private static Uni<Optional<Stored>> find(Mutiny.Session session, Kind kind, String name) {
        return session.find(ResourceRow.class, kind.key(name), PESSIMISTIC_READ)
                .map(row -> Optional.ofNullable(row).flatMap(ResourceRow::stored));
    }

    private static boolean isForAll(Kind kind, String name) {
        return kind == Kind.FREEZE && name.equals(INSTALLATION);
    }

    /** Where the services may connect to inside of the house is not for a project to say. */
    private static boolean opensAnAddress(Desired desired, Optional<Stored> before) {
        return desired.spec() instanceof RegistrySpec registry
                && registry.allowPrivateAddresses()
                && before.filter(stored -> stored.content()
                                        .spec()
                                        .path(ALLOW_PRIVATE_ADDRESSES)
                                        .asBoolean()
                                && stored.content()
                                        .spec()
                                        .path("url")
                                        .asText()
                                        .equals(registry.url().toString()))
                        .isEmpty();
    }
}
