package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.http.Access;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.push.checkpoint.domain.PodMetadata;
import dev.longshore.push.checkpoint.spool.SpoolFiles;
import dev.longshore.push.checkpoint.task.EnqueuePush;
import dev.longshore.push.checkpoint.task.EnqueuePush.Source;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Looks whether a push may be, and has it done. */
@ApplicationScoped
class RequestPush {

    private static final String OBSERVE = "observe";

    private final Registries registries;
    private final Freezes freezes;
    private final EnqueuePush pushes;
    private final SpoolFiles spool;
    private final BlockingCalls blocking;
    private final Mutiny.SessionFactory sessions;

    RequestPush(
            Registries registries,
            Freezes freezes,
            EnqueuePush pushes,
            SpoolFiles spool,
            BlockingCalls blocking,
            Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
        this.registries = registries;
        this.freezes = freezes;
        this.pushes = pushes;
        this.spool = spool;
        this.blocking = blocking;
    }

    /** It is done from now on: see {@code /api/v1/checkpoints/{id}}, and {@code /api/v1/executions/{id}}. */
    public record Brought(String id) {}

    Uni<Brought> ofPath(Asked asked, String path, Optional<PodMetadata> metadata, Access access) {
        return destination(asked, access)
                .invoke(destination -> metadata.ifPresent(known -> requireSame(destination.registry(), known)))
                .chain(destination -> {
                    var address = metadata.map(PodMetadata::registry).orElseGet(() -> address(destination.registry()));
                    var name = path.substring(path.lastIndexOf('/') + 1);
                    return enqueue(asked, destination, address, new Source("path", path, name));
                });
    }

    Uni<Brought> ofUpload(Asked asked, UploadForm form, Access access) {
        return destination(asked, access)
                .chain(destination -> blocking.call(() -> spool.keep(form.part()))
                        .chain(file -> enqueue(
                                asked,
                                destination,
                                address(destination.registry()),
                                new Source("upload", file, form.name()))));
    }

    private Uni<Brought> enqueue(Asked asked, Destination destination, String address, Source source) {
        return pushes.enqueue(
                        destination.project(),
                        destination.registry().name(),
                        address,
                        asked.repository().orElse(null),
                        asked.tag().orElse(null),
                        source)
                .map(Brought::new);
    }

    /** @param project of the repository; of the registry while it is open which repository that will be */
    private record Destination(RegistryConfigured registry, String project) {}

    private Uni<Destination> destination(Asked asked, Access access) {
        return registries
                .find(asked.registry())
                .chain(state -> switch (state) {
                    case State.Configured(var registry) -> destination(asked, registry);
                    case State.Removed _, State.Unknown _ -> throw unknown(asked);
                })
                .invoke(destination -> {
                    if (!access.sees(destination.project())) {
                        throw unknown(asked);
                    }
                    access.require(destination.project());
                    requireChangeable(destination.registry());
                })
                .call(destination -> freezes.check(asked.registry(), destination.project()));
    }

    private Uni<Destination> destination(Asked asked, RegistryConfigured registry) {
        return sessions.withSession(session -> registries.owners(session, registry))
                .map(owners -> new Destination(
                        registry, asked.repository().map(owners::projectOf).orElseGet(owners::registryProject)));
    }

    private static ProblemException unknown(Asked asked) {
        return Asked.wrong(ErrorCode.NOT_FOUND, "registry", "There is no registry '%s'".formatted(asked.registry()));
    }

    private static void requireChangeable(RegistryConfigured registry) {
        if (registry.mode().equals(OBSERVE)) {
            throw Asked.wrong(
                    ErrorCode.OBSERVE_MODE,
                    "registry",
                    "The registry '%s' is in observe mode: nothing is pushed to it".formatted(registry.name()));
        }
    }

    /** The document beside an archive must not send it where nobody said. */
    private static void requireSame(RegistryConfigured registry, PodMetadata metadata) {
        var host = metadata.host();
        if (!host.equalsIgnoreCase(registry.url().getRawAuthority())
                && registry.hosts().stream().noneMatch(host::equalsIgnoreCase)) {
            throw Asked.wrong(
                    ErrorCode.INVALID_REQUEST,
                    "metadata",
                    "The registry of the metadata is not '%s', nor one of its hosts".formatted(registry.name()));
        }
    }

    private static String address(RegistryConfigured registry) {
        return registry.hosts().isEmpty()
                ? registry.url().getRawAuthority()
                : registry.hosts().getFirst();
    }
}
