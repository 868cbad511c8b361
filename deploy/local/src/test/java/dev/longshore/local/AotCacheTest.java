package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");
    private static final List<String> DEMANDED = List.of("-XX:AOTMode=on");

    @TempDir
    Path root;

    private AotCache cache;
    private Path jar;

    @BeforeEach
    void trainsOnce() throws Exception {
        FakeService.build(root, Service.CONFIG);
        cache = AotCache.of(root, Service.CONFIG);
        jar = cache.application().resolve("quarkus-run.jar");
        var madeOf = Ingredients.of(cache.application(), OPTIONS);
        java(cache.makingOptions(), FakeService.class.getName());
        assertThat(cache.takeUp(madeOf)).isTrue();
    }

    @Test
    void isTakenByTheJvmThatItWasMadeFor() throws Exception {
        assertThat(cache.fits(OPTIONS)).isTrue();
        assertThat(java(demanded(), "-version")).isZero();
    }

    @Test
    void survivesABuildThatChangedNothingButTheTime() throws Exception {
        // Given
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        assertThat(cache.options(OPTIONS)).isEmpty();

        // When
        var fits = cache.fits(OPTIONS);

        // Then
        assertThat(fits).isTrue();
        assertThat(cache.options(OPTIONS)).contains("-XX:AOTCache=" + cache.file());
    }

    @Test
    void isLeftOutWhenTheJarsOrTheOptionsAreOthers() throws Exception {
        assertThat(cache.options(List.of("-XX:+UseParallelGC"))).isEmpty();
        assertThat(cache.fits(List.of("-XX:+UseParallelGC"))).isFalse();
        Files.write(cache.application().resolve("more.jar"), new byte[] {0});
        assertThat(cache.options(OPTIONS)).isEmpty();
        assertThat(cache.fits(OPTIONS)).isFalse();
    }

    @Test
    void isOnlyASlowerStartWhenItIsSpoiledOrCutOff() throws Exception {
        try (var file = new RandomAccessFile(cache.file().toFile(), "rw")) {
            var middle = file.length() / 2;
            file.seek(middle);
            file.write("spoiled".repeat(100).getBytes(StandardCharsets.UTF_8));
            assertThat(java(demanded(), "-version")).isNotZero();
            assertThat(java(cache.options(OPTIONS), "-version")).isZero();
            file.setLength(middle);
        }
        assertThat(java(cache.options(OPTIONS), "-version")).isZero();
    }

    /** With these the JVM refuses to start without the cache. */
    private List<String> demanded() throws IOException {
        var options = new ArrayList<>(cache.options(OPTIONS));
        options.addAll(DEMANDED);
        return options;
    }

    private int java(List<String> options, String what) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), what));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("java.out").toFile())
                .start()
                .waitFor();
    }
}
