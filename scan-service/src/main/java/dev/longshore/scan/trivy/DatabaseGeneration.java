package dev.longshore.scan.trivy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One state of the databases on disk, in a folder of its own and never changed: running scanners have it mapped into
 * memory.
 */
final class DatabaseGeneration {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final Instant updatedAt;
    private final Instant javaUpdatedAt;
    private final AtomicInteger users = new AtomicInteger();

    private DatabaseGeneration(Path folder, Instant updatedAt, Instant javaUpdatedAt) {
        this.folder = folder;
        this.updatedAt = updatedAt;
        this.javaUpdatedAt = javaUpdatedAt;
    }

    static DatabaseGeneration in(Path folder) throws IOException {
        return new DatabaseGeneration(folder, updatedAt(folder.resolve("db")), updatedAt(folder.resolve("java-db")));
    }

    Path folder() {
        return folder;
    }

    /** When the vulnerability database was made. */
    Instant updatedAt() {
        return updatedAt;
    }

    boolean isSameAs(DatabaseGeneration other) {
        return updatedAt.equals(other.updatedAt) && javaUpdatedAt.equals(other.javaUpdatedAt);
    }

    void begin() {
        users.incrementAndGet();
    }

    void end() {
        users.decrementAndGet();
    }

    boolean isInUse() {
        return users.get() > 0;
    }

    private static Instant updatedAt(Path folder) throws IOException {
        var metadata = MAPPER.readTree(folder.resolve("metadata.json").toFile());
        try {
            return Instant.parse(metadata.path("UpdatedAt").asText());
        } catch (DateTimeException e) {
            throw new IOException("%s does not say when the database was made".formatted(folder), e);
        }
    }
}
