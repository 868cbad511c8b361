package dev.longshore.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, named by the build or found above the working folder (as in an IDE). */
final class Project {

    private Project() {}

    static Path root() {
        var named = System.getProperty("longshore.root");
        if (named != null) {
            return Path.of(named);
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Could not find the project's folder: set -Dlongshore.root");
    }
}
