package dev.longshore.oci.client;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.OptionalLong;

/**
 * A blob's content on its way from the registry, as slow as its reader. It is read once, by one of the three ways; who
 * does not want it cancels it, for it holds a connection. Its digest is checked as it passes: a mismatch fails at the end
 * with {@code DigestMismatch}, except for a part of a blob ({@code offset > 0}), which nobody can check alone.
 */
public interface BlobStream {

    /** How many bytes are to come, if the registry said so. */
    OptionalLong size();

    /** Where in the blob the content begins: 0 also if the registry ignored the wish for a part. */
    long offset();

    /** The content with back-pressure. Cancelling closes the connection. */
    Multi<Buffer> content();

    /** Pipes the content and ends the target; on failure the target is not ended. */
    Uni<Void> pipeTo(WriteStream<Buffer> target);

    /** The paused stream itself, for Vert.x code. */
    ReadStream<Buffer> stream();

    void cancel();
}
