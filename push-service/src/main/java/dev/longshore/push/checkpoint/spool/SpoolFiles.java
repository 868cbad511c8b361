package dev.longshore.push.checkpoint.spool;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Uploaded archives: {@code <random>.<host>.<process>.part} while they come, {@code <random>.archive} once they are whole.
 * A part says whose it is, so that whoever finds it knows whether anyone still writes to it.
 */
@ApplicationScoped
public class SpoolFiles {

    private static final String WHOLE = ".archive";
    private static final String PART = ".part";
    /** Longer than a connection may be silent. */
    private static final Duration ABANDONED = Duration.ofMinutes(40);

    private static final Duration JUST_NOW = Duration.ofMinutes(1);

    private final Path folder;
    private final long spaceKept;
    private final String owner;
    private final Instant startedAt = Instant.now();

    SpoolFiles(CheckpointConfig config) {
        this.folder = config.spool().toAbsolutePath().normalize();
        this.spaceKept = config.archive().spaceKept().asLongValue();
        this.owner = "." + host() + "." + ProcessHandle.current().pid() + PART;
    }

    /** A place for an upload that begins. */
    public Path begin() throws IOException {
        makeFolder();
        return folder.resolve(UUID.randomUUID() + owner);
    }

    /** Whether there is room for so many bytes more. */
    public boolean hasRoomFor(long bytes) throws IOException {
        makeFolder();
        return Files.getFileStore(folder).getUsableSpace() - bytes >= spaceKept;
    }

    /** The upload is whole; its name from now on. */
    public String keep(Path part) throws IOException {
        var name = part.getFileName().toString().split("\\.", 2)[0] + WHOLE;
        Files.move(part, folder.resolve(name));
        return name;
    }

    public Path find(String name) {
        return folder.resolve(name);
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** How many bytes lie here. */
    public long size() throws IOException {
        return names(_ -> true).stream()
                .mapToLong(name -> folder.resolve(name).toFile().length())
                .sum();
    }

    /** Deletes what a crash left behind. */
    public void sweep(Set<String> needed, Instant now) throws IOException {
        for (var name : names(file -> isLeftOver(file, now))) {
            if (!needed.contains(name)) {
                delete(name);
            }
        }
    }

    private boolean isLeftOver(String name, Instant now) {
        var modified = Instant.ofEpochMilli(folder.resolve(name).toFile().lastModified());
        if (name.endsWith(WHOLE)) {
            return modified.isBefore(now.minus(JUST_NOW));
        }
        return modified.isBefore(now.minus(ABANDONED)) || isOfTheDead(name, modified);
    }

    /** Of a process of this host that is no more; in containers the one after it has the same number. */
    private boolean isOfTheDead(String name, Instant modified) {
        var parts = name.split("\\.");
        if (parts.length != 4 || !parts[1].equals(host()) || !parts[2].matches("\\d{1,18}")) {
            return false;
        }
        return name.endsWith(owner)
                ? modified.isBefore(startedAt)
                : ProcessHandle.of(Long.parseLong(parts[2])).isEmpty();
    }

    private Set<String> names(Predicate<String> wanted) throws IOException {
        var found = new HashSet<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*{" + WHOLE + "," + PART + "}")) {
                for (var file : files) {
                    var name = file.getFileName().toString();
                    if (wanted.test(name)) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
