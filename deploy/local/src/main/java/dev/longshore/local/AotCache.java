package dev.longshore.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM of one service remembers of an earlier start: classes that are read, linked and initialised (JEP 483).
 *
 * <p>JDK 25 looks whether the cache is its own, but with linked classes not whether the jars are still those (it runs the
 * old ones then), so that is looked at here before each start. It lies beside the build, not in it: Maven empties the
 * build's folder.
 */
record AotCache(Path application, Path file) {

    /** Mapped where it was made for, its pages need no correction; so they stay shared with the disk's cache. */
    private static final List<String> UNMOVED =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    static AotCache of(Path root, Service service) {
        var target = root.resolve(service.module()).resolve("target");
        return new AotCache(target.resolve("quarkus-app"), target.resolve("aot/app.aot"));
    }

    /** The JVM's options to start from it; none if there is none, or it is of another build, JDK or options. */
    List<String> options(List<String> others) throws IOException {
        if (!exists() || !Ingredients.read(ingredients()).areUntouched(application, others)) {
            return List.of();
        }
        var options = new ArrayList<>(UNMOVED);
        // A file that the disk has spoiled would crash the JVM, again and again: the checksums cost a twentieth of a
        // second.
        options.add("-XX:+VerifySharedSpaces");
        options.add("-XX:AOTCache=" + file);
        return options;
    }

    /** The JVM's options to make it anew, at the end of a run. */
    List<String> makingOptions() throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(unfinished());
        return List.of("-XX:AOTCacheOutput=" + unfinished());
    }

    /** Whether it was made of this content. A build that gave the same content a new time gets the earlier time back. */
    boolean fits(List<String> options) throws IOException {
        return exists() && Ingredients.read(ingredients()).restored(Ingredients.of(application, options));
    }

    /** Takes up what a run with {@link #makingOptions} has left; false if it has left nothing. */
    boolean takeUp(Ingredients madeOf) throws IOException {
        if (!Files.exists(unfinished())) {
            return false;
        }
        Files.writeString(ingredients(), madeOf.toString());
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private boolean exists() {
        return Files.exists(file) && Files.exists(ingredients());
    }

    private Path unfinished() {
        return file.resolveSibling("app.aot.unfinished");
    }

    private Path ingredients() {
        return file.resolveSibling("app.aot.of");
    }
}
