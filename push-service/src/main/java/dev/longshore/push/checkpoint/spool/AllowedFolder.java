package dev.longshore.push.checkpoint.spool;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The one folder whose files callers may name. Links are followed first: what counts is where the file really lies. */
@ApplicationScoped
public class AllowedFolder {

    private final Path folder;

    AllowedFolder(CheckpointConfig config) {
        this.folder = config.checkpoints().toAbsolutePath().normalize();
    }

    /** The name would be somewhere else. */
    public static final class OutsideException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutsideException() {
            super("The path leads out of the folder for checkpoints");
        }
    }

    /**
     * The file of this name; empty if there is none. Blocks.
     *
     * @param name a path within the folder, or one that begins with it
     */
    public Optional<Path> find(String name) throws IOException {
        var named = named(name);
        if (!named.startsWith(folder) || named.equals(folder)) {
            throw new OutsideException();
        }
        try {
            var real = named.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw new OutsideException();
            }
            return Files.isRegularFile(real) ? Optional.of(real) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private Path named(String name) {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException _) {
            throw new OutsideException();
        }
    }
}
