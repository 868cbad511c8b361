package dev.longshore.push.checkpoint.postgres;

import dev.longshore.push.checkpoint.domain.ReadArchive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that somebody asked for.
 *
 * @param state {@code pending}, {@code running}, {@code succeeded}, {@code failed} or {@code stopped}
 * @param archive once it was read
 */
public record CheckpointRecord(
        String id,
        String project,
        String registry,
        @Nullable String repository,
        @Nullable String tag,
        @Nullable String address,
        String source,
        String name,
        String state,
        @Nullable ReadArchive archive,
        @Nullable String digest,
        @Nullable String errorCode,
        @Nullable String error,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant finishedAt) {}
