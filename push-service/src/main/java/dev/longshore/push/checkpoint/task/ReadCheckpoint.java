package dev.longshore.push.checkpoint.task;

import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.push.checkpoint.archive.ArchiveLimits;
import dev.longshore.push.checkpoint.archive.ArchiveReader;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import dev.longshore.push.checkpoint.spool.AllowedFolder;
import dev.longshore.push.checkpoint.spool.CheckpointConfig;
import dev.longshore.push.checkpoint.spool.SpoolFiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleConsumer;

/** Finds a task's file and reads it. */
@ApplicationScoped
class ReadCheckpoint {

    private final BlockingCalls blocking;
    private final AllowedFolder folder;
    private final SpoolFiles spool;
    private final ArchiveReader reader;
    private final Duration patience;

    ReadCheckpoint(BlockingCalls blocking, AllowedFolder folder, SpoolFiles spool, CheckpointConfig config) {
        this.blocking = blocking;
        this.folder = folder;
        this.spool = spool;
        var archive = config.archive();
        this.reader = new ArchiveReader(new ArchiveLimits(
                archive.largestUnpacked().asLongValue(), archive.largestRatio(), archive.mostEntries()));
        this.patience = archive.patience();
    }

    record Found(Path file, ReadArchive archive) {}

    /** @param seen hears which part of the file was read */
    Uni<Found> read(PushRequest request, DoubleConsumer seen) {
        return blocking.call(() -> {
            var file = find(request);
            var size = Math.max(Files.size(file), 1);
            try {
                return new Found(file, reader.read(file, bytes -> seen.accept((double) bytes / size)));
            } catch (UnusableArchiveException unusable) {
                throw !request.isUpload() && unusable.isIncomplete() && isFresh(file)
                        ? UnusableArchiveException.beingWritten(
                                "The archive is still being written, or was cut: " + unusable.getMessage())
                        : unusable;
            }
        });
    }

    /** Nothing stays of an upload. */
    Uni<Void> discard(PushRequest request) {
        return request.isUpload()
                ? blocking.call(() -> {
                            spool.delete(request.file());
                            return true;
                        })
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Path find(PushRequest request) throws IOException {
        var file = request.isUpload()
                ? spool.find(request.file())
                : folder.find(request.file()).orElseThrow(() -> new NoSuchFileException(request.file()));
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(request.file());
        }
        return file;
    }

    private boolean isFresh(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(patience));
    }
}
