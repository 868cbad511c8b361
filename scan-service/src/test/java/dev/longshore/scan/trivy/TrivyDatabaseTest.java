package dev.longshore.scan.trivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.longshore.scan.domain.FailureCode;
import dev.longshore.scan.domain.ScanFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrivyDatabaseTest {

    private static final Path BUNDLED =
            Path.of(Objects.requireNonNullElse(System.getProperty("longshore.root"), ".."), "deploy/tools/trivy-db");

    @TempDir
    Path folder;

    @Test
    void unpacksTheArchivesOnceAndKeepsTheGenerationWhileItIsTheSame() throws Exception {
        // Given
        var database = database(BUNDLED);

        // When
        var first = database.use();
        database.renew();
        var second = database.use();

        // Then
        assertThat(second).isSameAs(first);
        assertThat(first.updatedAt()).isEqualTo(Instant.parse("2026-11-21T00:21:56Z"));
        assertThat(first.folder().resolve("db/trivy.db")).exists();
        assertThat(first.folder().resolve("java-db/trivy-java.db")).exists();
    }

    @Test
    void saysWhichArchiveIsMissing() throws Exception {
        var database = database(folder.resolve("nothing"));

        assertThatThrownBy(database::use)
                .asInstanceOf(type(ScanFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
                    assertThat(failure.reason()).contains("nothing/db.tar.gz");
                });
    }

    @Test
    void anArchiveThatWasCutOffIsNotUsed() throws Exception {
        var whole = Files.readAllBytes(BUNDLED.resolve("db.tar.gz"));
        var archives = Files.createDirectories(folder.resolve("cut-off"));
        Files.write(archives.resolve("db.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
        var database = database(archives);

        assertThatThrownBy(database::use)
                .asInstanceOf(type(ScanFailedException.class))
                .extracting(ScanFailedException::code)
                .isEqualTo(FailureCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void takesAFolderThatNobodyElseHas() throws Exception {
        try (var one = CacheFolder.in(folder.resolve("cache"));
                var other = CacheFolder.in(folder.resolve("cache"))) {
            assertThat(one.newFolder("a")).isNotEqualTo(other.newFolder("a"));
        }
        try (var again = CacheFolder.in(folder.resolve("cache"))) {
            assertThat(Files.exists(again.newFolder("a"))).isTrue();
        }
    }

    private TrivyDatabase database(Path archives) throws Exception {
        var config = new Config(archives, folder.resolve("cache"));
        return new TrivyDatabase(
                CacheFolder.in(config.cacheFolder()),
                new DatabaseSource(config, new TrivyExecutable(Optional.empty())),
                Clock.systemUTC());
    }

    private record Config(Path archives, Path cacheFolder) implements TrivyConfig {

        @Override
        public Optional<Path> executable() {
            return Optional.empty();
        }

        @Override
        public String database() {
            return PUBLISHED;
        }

        @Override
        public Optional<String> javaDatabase() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> databaseFolder() {
            return Optional.of(archives);
        }

        @Override
        public Duration updateEvery() {
            return Duration.ofHours(6);
        }

        @Override
        public Duration timeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public int workers() {
            return 1;
        }
    }
}
