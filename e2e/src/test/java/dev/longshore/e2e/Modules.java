package dev.longshore.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's modules, as folders. */
final class Modules {

    static final List<String> SERVICES = List.of(
            "gateway", "config-service", "push-service", "scan-service", "replication-service", "retention-service");

    private static final List<String> OTHERS = List.of(
            "libs/oci",
            "libs/oci-client",
            "libs/registries",
            "libs/schedules",
            "libs/events",
            "libs/service-kit",
            "libs/service-tasks",
            "libs/testkit",
            "libs/service-testkit",
            "deploy/local",
            "benchmarks");

    private Modules() {}

    static Path root() {
        var named = System.getProperty("longshore.root");
        return named == null ? Path.of("").toAbsolutePath().getParent() : Path.of(named);
    }

    static List<Path> all() {
        return Stream.concat(SERVICES.stream(), OTHERS.stream())
                .map(root()::resolve)
                .toList();
    }

    /** As the root POM has them, which this list must not fall behind. */
    static List<String> inThePom() throws IOException {
        return Files.readAllLines(root().resolve("pom.xml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("<module>"))
                .map(line -> line.replace("<module>", "").replace("</module>", ""))
                .filter(module -> !module.equals("e2e"))
                .toList();
    }

    static List<Path> javaFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
