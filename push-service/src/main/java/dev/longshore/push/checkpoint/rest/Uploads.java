package dev.longshore.push.checkpoint.rest;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.push.checkpoint.spool.CheckpointConfig;
import dev.longshore.push.checkpoint.spool.SpoolFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Receives archives into the spool; of those that are refused nothing stays. */
@ApplicationScoped
class Uploads {

    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final SpoolFiles spool;
    private final long largest;

    Uploads(Vertx vertx, BlockingCalls blocking, SpoolFiles spool, CheckpointConfig config) {
        this.vertx = vertx;
        this.blocking = blocking;
        this.spool = spool;
        this.largest = config.archive().largest().asLongValue();
    }

    Uni<UploadForm> receive(HttpServerRequest request) {
        request.pause();
        return blocking.call(() -> begin(announced(request)))
                .chain(part -> receive(request, part)
                        .onFailure()
                        .call(() -> discard(part))
                        .onCancellation()
                        .call(() -> discard(part)));
    }

    /** The upload was taken, or not: its part is gone either way. */
    Uni<Void> discard(Path part) {
        return blocking.call(() -> Files.deleteIfExists(part)).replaceWithVoid();
    }

    private Uni<UploadForm> receive(HttpServerRequest request, Path part) {
        var options = new OpenOptions().setRead(false).setCreateNew(true).setPerms("rw-------");
        return vertx.fileSystem()
                .open(part.toString(), options)
                .chain(file -> Uni.createFrom()
                        .emitter(emitter ->
                                new Upload(request, file.getDelegate(), part, spool, largest, emitter).start()));
    }

    private Path begin(long announced) throws IOException {
        var part = spool.begin();
        if (!spool.hasRoomFor(announced)) {
            throw new ProblemException(ErrorCode.OUT_OF_SPACE, "The spool has no room for this archive");
        }
        return part;
    }

    private static long announced(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Content-Length"))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
