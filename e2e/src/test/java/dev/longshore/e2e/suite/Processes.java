package dev.longshore.e2e.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Notes the arguments of every process of this machine that is seen while it watches. */
public final class Processes implements AutoCloseable {

    private final Set<String> seen = new TreeSet<>();
    private final Thread watch;
    private volatile boolean ended;

    public Processes() {
        watch = Thread.ofPlatform().daemon().name("processes").start(this::watch);
    }

    /** What was seen, each once; ends the watch. */
    public Set<String> arguments() throws InterruptedException {
        close();
        watch.join();
        return seen;
    }

    @Override
    public void close() {
        ended = true;
    }

    private void watch() {
        try {
            while (!ended) {
                look();
                TimeUnit.MILLISECONDS.sleep(40);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var folder : folders) {
                note(folder.resolve("cmdline"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Path arguments) {
        try {
            seen.add(new String(Files.readAllBytes(arguments), UTF_8).replace('\0', ' '));
        } catch (IOException _) {
            // It has ended meanwhile.
        }
    }
}
