package dev.longshore.scan.trivy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A folder of this process alone below the configured one, emptied when it is taken: nothing in it outlives a restart. */
final class CacheFolder implements AutoCloseable {

    private static final int MOST_PROCESSES = 64;

    private final Path folder;
    private final FileChannel channel;
    private final AtomicLong number = new AtomicLong();

    private CacheFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static CacheFolder in(Path parent) throws IOException {
        for (var slot = 0; slot < MOST_PROCESSES; slot++) {
            var taken = take(parent.resolve("process-" + slot));
            if (taken != null) {
                return taken;
            }
        }
        throw new IOException("%s is used by %d processes already".formatted(parent, MOST_PROCESSES));
    }

    Path newFolder(String prefix) throws IOException {
        return Files.createDirectory(folder.resolve(prefix + number.incrementAndGet()));
    }

    static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(file -> !file.equals(from)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }

    static Path delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return folder;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null if another process has it. */
    private static @Nullable CacheFolder take(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            return null;
        }
        try (var left = Files.newDirectoryStream(folder, file -> Files.isDirectory(file))) {
            for (var file : left) {
                delete(file);
            }
        }
        return new CacheFolder(folder, channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
