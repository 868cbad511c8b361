package dev.longshore.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What an AOT cache is made of: a JDK with options, and jars. */
record Ingredients(String jvm, List<Jar> jars) {

    record Jar(String digest, long modified, Path path) {}

    static Ingredients of(Path application, List<String> options) throws IOException {
        var jars = new ArrayList<Jar>();
        for (var file : jarsIn(application)) {
            jars.add(new Jar(digest(file), modified(file), file));
        }
        return new Ingredients(jvm(options), jars);
    }

    /** As {@link #toString} wrote them. */
    static Ingredients read(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var jars = lines.stream()
                .skip(1)
                .map(line -> line.split(" ", 3))
                .map(Ingredients::jar)
                .toList();
        return new Ingredients(lines.isEmpty() ? "" : lines.getFirst(), jars);
    }

    /** Whether all is as it was, as far as names and times tell; cheap enough for each start. */
    boolean areUntouched(Path application, List<String> options) throws IOException {
        var present = jarsIn(application);
        if (!jvm.equals(jvm(options))
                || !present.equals(jars.stream().map(Jar::path).toList())) {
            return false;
        }
        for (var jar : jars) {
            if (modified(jar.path) != jar.modified) {
                return false;
            }
        }
        return true;
    }

    /** Whether the others are the same; then their files have the same times too afterwards. */
    boolean restored(Ingredients others) throws IOException {
        if (!jvm.equals(others.jvm) || !contents().equals(others.contents())) {
            return false;
        }
        for (var jar : jars) {
            Files.setLastModifiedTime(jar.path, FileTime.fromMillis(jar.modified));
        }
        return true;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(jvm).append('\n');
        jars.forEach(jar -> text.append(jar.digest)
                .append(' ')
                .append(jar.modified)
                .append(' ')
                .append(jar.path)
                .append('\n'));
        return text.toString();
    }

    private static String jvm(List<String> options) {
        return System.getProperty("java.home") + " " + Runtime.version() + " " + String.join(" ", options);
    }

    private static List<Path> jarsIn(Path application) throws IOException {
        try (var files = Files.walk(application)) {
            return files.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static long modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private List<String> contents() {
        return jars.stream().map(jar -> jar.digest + " " + jar.path).toList();
    }

    private static Jar jar(String[] parts) {
        return new Jar(parts[0], Long.parseLong(parts[1]), Path.of(parts[2]));
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("Every JDK has SHA-256", failure);
        }
    }
}
