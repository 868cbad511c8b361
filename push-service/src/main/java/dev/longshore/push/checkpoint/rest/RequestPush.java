package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.http.Access;
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

/** Looks whether a push may be, and has it done. */
@ApplicationScoped
class RequestPush {

    private static final String OBSERVE = "observe";

    private final Registries registries;
    private final Freezes freezes;
    private final EnqueuePush pushes;
    private final SpoolFiles spool;
    private final BlockingCalls blocking;

    RequestPush(Registries registries, Freezes freezes, EnqueuePush pushes, SpoolFiles spool, BlockingCalls blocking) {
        this.registries = registries;
        this.freezes = freezes;
        this.pushes = pushes;
        this.spool = spool;
        this.blocking = blocking;
    }

    /** It is done from now on: see {@code /api/v1/checkpoints/{id}}, and {@code /api/v1/executions/{id}}. */
    public record Brought(String id) {}

    Uni<Brought> ofPath(Asked asked, String path, Optional<PodMetadata> metadata, Access access) {
        return registry(asked, access)
                .invoke(registry -> metadata.ifPresent(known -> requireSame(registry, known)))
                .chain(registry -> {
                    var address = metadata.map(PodMetadata::registry).orElseGet(() -> address(registry));
                    var name = path.substring(path.lastIndexOf('/') + 1);
                    return enqueue(asked, registry, address, new Source("path", path, name));
                });
    }

    Uni<Brought> ofUpload(Asked asked, UploadForm form, Access access) {
        return registry(asked, access)
                .chain(registry -> blocking.call(() -> spool.keep(form.part()))
                        .chain(file ->
                                enqueue(asked, registry, address(registry), new Source("upload", file, form.name()))));
    }

    private Uni<Brought> enqueue(Asked asked, RegistryConfigured registry, String address, Source source) {
        return pushes.enqueue(
                        registry,
                        address,
                        asked.repository().orElse(null),
                        asked.tag().orElse(null),
                        source)
                .map(Brought::new);
    }

    private Uni<RegistryConfigured> registry(Asked asked, Access access) {
        return registries
                .find(asked.registry())
                .map(state -> switch (state) {
                    case State.Configured(var registry) when access.sees(registry.project()) -> registry;
                    case State.Configured _, State.Removed _, State.Unknown _ ->
                        throw Asked.wrong(
                                ErrorCode.NOT_FOUND,
                                "registry",
                                "There is no registry '%s'".formatted(asked.registry()));
                })
                .invoke(registry -> access.require(registry.project()))
                .invoke(RequestPush::requireChangeable)
                .call(registry -> freezes.check(registry.name(), registry.project()));
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
