package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is small enough to be read at once. The exceptions may only shrink: one that is no longer needed, or too
 * generous by much, fails too.
 */
class SizesTest {

    private static final int LARGEST_MAIN_FILE = 300;
    private static final int LARGEST_TEST_FILE = 400;
    private static final int MOST_TYPES_IN_A_PACKAGE = 20;

    /** Lines of code, without imports, comments and empty lines. An exception: the house's limit is 1,500. */
    private static final int LARGEST_KIT = 1_696;

    private static final Map<String, Integer> LARGER_FILES = Map.of();
    private static final Map<String, Integer> LARGER_PACKAGES = Map.of();

    @Test
    void filesAreShort() {
        var tooLong = new TreeMap<String, Integer>();
        for (var module : Modules.all()) {
            add(tooLong, module.resolve("src/main/java"), LARGEST_MAIN_FILE);
            add(tooLong, module.resolve("src/test/java"), LARGEST_TEST_FILE);
        }
        add(tooLong, Modules.root().resolve("e2e/src/test/java"), LARGEST_TEST_FILE);

        assertExceptions(tooLong, LARGER_FILES);
    }

    @Test
    void packagesHaveFewTypes() {
        var tooMany = new TreeMap<String, Integer>();
        for (var module : Modules.all()) {
            Modules.javaFiles(module.resolve("src/main/java")).stream()
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(file -> name(file.getParent()), Collectors.summingInt(_ -> 1)))
                    .forEach((name, types) -> {
                        if (types > MOST_TYPES_IN_A_PACKAGE) {
                            tooMany.put(name, types);
                        }
                    });
        }

        assertExceptions(tooMany, LARGER_PACKAGES);
    }

    @Test
    void theKitIsSmall() {
        var lines = Modules.javaFiles(Modules.root().resolve("libs/service-kit/src/main/java")).stream()
                .mapToInt(SizesTest::linesOfCode)
                .sum();

        assertThat(lines).isLessThanOrEqualTo(LARGEST_KIT);
    }

    private static void assertExceptions(Map<String, Integer> found, Map<String, Integer> allowed) {
        assertThat(found)
                .as("too large, and the size")
                .allSatisfy((name, size) -> assertThat(allowed)
                        .containsKey(name)
                        .extractingByKey(name)
                        .satisfies(limit -> assertThat(size).isLessThanOrEqualTo(limit)));
        assertThat(found.keySet()).as("exceptions still needed").containsAll(allowed.keySet());
    }

    private static void add(Map<String, Integer> tooLong, Path folder, int limit) {
        for (var file : Modules.javaFiles(folder)) {
            var lines = Modules.lines(file).size();
            if (lines > limit) {
                tooLong.put(name(file), lines);
            }
        }
    }

    private static int linesOfCode(Path file) {
        return (int) Modules.lines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line ->
                        List.of("import ", "package ", "*", "/*", "//").stream().noneMatch(line::startsWith))
                .count();
    }

    private static String name(Path path) {
        return Modules.root().relativize(path).toString();
    }
}
