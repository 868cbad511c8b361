package dev.longshore.push.checkpoint.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of the container that it was made of.
 *
 * @param image that the container ran, as its user named it; {@code imageId} is how the engine knows it
 * @param checkpointedAt as told, or when the last file of the archive was written
 * @param criuVersion only where the engine put CRIU's log into the archive; as {@code kernel}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Checkpoint(
        Engine engine,
        String container,
        @Nullable String containerId,
        @Nullable String pod,
        @Nullable String podUid,
        @Nullable String namespace,
        @Nullable String image,
        @Nullable String imageId,
        String runtime,
        @Nullable Instant createdAt,
        Instant checkpointedAt,
        @Nullable String criuVersion,
        @Nullable String kernel,
        String architecture,
        long memorySize,
        long rootFilesystemSize,
        List<Leak> leaks) {

    public Checkpoint {
        leaks = List.copyOf(leaks);
    }
}
