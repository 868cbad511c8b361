package dev.longshore.push.checkpoint.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.push.checkpoint.domain.Checkpoint;
import dev.longshore.push.checkpoint.domain.Compression;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.postgres.CheckpointRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as the API shows it.
 *
 * @param id also that of its execution
 * @param reference of the image, once it is known how it is called; {@code digest} once it is pushed
 * @param address the same as clusters name it
 * @param checkpoint what the archive says of its container, and what of it leaks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointView(
        String id,
        String project,
        String state,
        String registry,
        @Nullable String reference,
        @Nullable String address,
        @Nullable String digest,
        String source,
        String name,
        @Nullable Archive archive,
        @Nullable Checkpoint checkpoint,
        @Nullable Failure error,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** The file, which is the image's layer as it is. */
    public record Archive(String digest, long size, Compression compression, String diffId, long unpackedSize) {

        static Archive from(ReadArchive read) {
            return new Archive(
                    read.digest().toString(),
                    read.size(),
                    read.compression(),
                    read.diffId().toString(),
                    read.unpackedSize());
        }
    }

    /** Why there is no image; the code has a page in docs/problems. */
    public record Failure(@Nullable String code, @Nullable String reason) {}

    static CheckpointView from(CheckpointRecord found) {
        var read = found.archive();
        var place = found.repository() == null || found.tag() == null ? null : found.repository() + ":" + found.tag();
        return new CheckpointView(
                found.id(),
                found.project(),
                found.state(),
                found.registry(),
                place == null ? null : found.registry() + "/" + place,
                place == null || found.address() == null ? null : found.address() + "/" + place,
                found.digest(),
                found.source(),
                found.name(),
                read == null ? null : Archive.from(read),
                read == null ? null : read.checkpoint(),
                found.state().equals("failed") ? new Failure(found.errorCode(), found.error()) : null,
                found.requestedBy(),
                found.createdAt(),
                found.finishedAt());
    }
}
