package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the documentation leads somewhere. */
class DocumentationTest {

    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)[^)]*\\)");
    private static final Pattern ERROR_CODE = Pattern.compile("^    ([A-Z_]+)\\(\\d{3},", Pattern.MULTILINE);
    private static final Pattern RECORD = Pattern.compile("docs/adr/(\\d{4})");

    @Test
    void noLinkIsDead() throws IOException {
        var dead = new ArrayList<String>();
        for (var page : pages()) {
            LINK.matcher(CODE_BLOCK.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .map(match -> match.group(1))
                    .filter(target -> !target.matches("[a-z]+:.*"))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> dead.add(Modules.root().relativize(page) + " → " + target));
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyErrorCodeHasAPage() throws IOException {
        var source = Modules.root().resolve("libs/events/src/main/java/dev/longshore/events/ErrorCode.java");
        var codes = ERROR_CODE
                .matcher(Files.readString(source))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT).replace('_', '-') + ".md")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(Modules.root().resolve("docs/problems"))).isEqualTo(codes);
    }

    @Test
    void everyRecordThatCodeNamesExists() throws IOException {
        var records = names(Modules.root().resolve("docs/adr")).stream()
                .map(name -> name.substring(0, 4))
                .collect(Collectors.toSet());
        for (var module : Modules.all()) {
            for (var file : Modules.javaFiles(module.resolve("src"))) {
                assertThat(RECORD.matcher(String.join("\n", Modules.lines(file)))
                                .results()
                                .map(match -> match.group(1)))
                        .as(file.toString())
                        .allMatch(records::contains);
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(Modules.root())) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.git)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
