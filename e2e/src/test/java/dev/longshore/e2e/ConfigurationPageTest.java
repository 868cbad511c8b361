package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} lists every property of every {@code @ConfigMapping}, from the sources: the Javadoc of a
 * method is its reference. After a change: {@code ./mvnw -pl e2e test -Dtest=ConfigurationPageTest -Dlongshore.regenerate}.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Modules.root().resolve("docs/configuration.md");
    private static final String MARKER = "<!-- From here on written by ConfigurationPageTest in e2e -->\n";

    private static final Pattern MAPPING = Pattern.compile(
            "@ConfigMapping\\(prefix = \"([a-z.]+)\"\\)\\s*(?:public )?interface (\\w+) \\{(.*)}", Pattern.DOTALL);
    private static final Pattern NESTED = Pattern.compile(
            "(?:^    /\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?^    interface (\\w+) \\{(.*?)^    }",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern METHOD = Pattern.compile(
            "(?:/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*)?(?<annotations>(?:@\\w+(?:\\((?:[^()\"]|\"[^\"]*\")*\\))?\\s+)*)(?<type>[A-Za-z][\\w<>., ]*?) (?<name>\\w+)\\(\\);",
            Pattern.DOTALL);
    private static final Pattern DEFAULT =
            Pattern.compile("@WithDefault\\((?:\"(?<text>[^\"]*)\"|(?<constant>\\w+))\\)");

    private record Property(String name, String fallback, String meaning) {}

    @Test
    void listsEveryProperty() throws IOException {
        var generated = generate();
        var page = Files.readString(PAGE);
        var head = page.substring(0, page.indexOf(MARKER) + MARKER.length());
        if (System.getProperty("longshore.regenerate") != null) {
            Files.writeString(PAGE, head + generated);
            page = head + generated;
        }

        assertThat(page.substring(head.length())).isEqualTo(generated);
    }

    @Test
    void everyPropertyIsExplained() throws IOException {
        for (var module : Modules.all()) {
            assertThat(properties(module))
                    .allSatisfy(property ->
                            assertThat(property.meaning()).as(property.name()).isNotEmpty());
        }
    }

    private static String generate() throws IOException {
        var page = new StringBuilder();
        for (var module : Modules.all()) {
            var properties = properties(module);
            if (!properties.isEmpty()) {
                var name = Modules.root().relativize(module).toString();
                page.append("\n## ")
                        .append(name.equals("libs/service-kit") ? "every service" : name)
                        .append("\n\n| property | default | |\n|---|---|---|\n");
                properties.forEach(property -> page.append(
                        "| `%s` | %s | %s |\n".formatted(property.name(), property.fallback(), property.meaning())));
            }
        }
        return page.toString();
    }

    private static List<Property> properties(Path module) throws IOException {
        var set = new Properties();
        for (var file : List.of("application.properties", "META-INF/microprofile-config.properties")) {
            var path = module.resolve("src/main/resources").resolve(file);
            if (Files.exists(path)) {
                try (Reader reader = Files.newBufferedReader(path)) {
                    set.load(reader);
                }
            }
        }
        var found = new ArrayList<Property>();
        for (var file : Modules.javaFiles(module.resolve("src/main/java"))) {
            var source = Files.readString(file);
            var mapping = MAPPING.matcher(source);
            if (mapping.find()) {
                addAll(found, mapping.group(1) + ".", mapping.group(3), "", source, set);
            }
        }
        return found;
    }

    /** @param inherited what is said of a group as a whole */
    private static void addAll(
            List<Property> found, String prefix, String body, String inherited, String source, Properties set) {
        var groups = NESTED.matcher(body).results().collect(Collectors.toMap(match -> match.group(2), match -> match));
        METHOD.matcher(NESTED.matcher(body).replaceAll("")).results().forEach(match -> {
            var name = prefix + kebab(match.group("name"));
            var type = match.group("type");
            var said = Optional.ofNullable(match.group("doc")).map(ConfigurationPageTest::meaning);
            var group = groups.get(type.replaceFirst("^Optional<(\\w+)>$", "$1"));
            if (group == null) {
                var fallback = fallback(match.group("annotations"), type, name, source, set);
                found.add(new Property(name, fallback, said.orElse(inherited)));
            } else {
                var ofGroup = said.or(() -> Optional.ofNullable(group.group(1)).map(ConfigurationPageTest::meaning));
                addAll(found, name + ".", group.group(3), ofGroup.orElse(""), source, set);
            }
        });
    }

    private static String fallback(String annotations, String type, String name, String source, Properties set) {
        var wired = set.getProperty(name);
        var annotated = DEFAULT.matcher(annotations);
        if (wired != null) {
            return "`" + wired.replace(",", ", ") + "`";
        }
        if (!annotated.find()) {
            return type.startsWith("Optional") ? "" : "required";
        }
        var constant = annotated.group("constant");
        return "`" + (constant == null ? annotated.group("text") : constant(source, constant)) + "`";
    }

    private static String constant(String source, String name) {
        var matcher = Pattern.compile("String " + name + " = \"([^\"]*)\"").matcher(source);
        return matcher.find() ? matcher.group(1) : name;
    }

    private static String meaning(String doc) {
        var text =
                doc.lines().map(line -> line.strip().replaceFirst("^\\* ?", "")).collect(Collectors.joining(" "));
        return Pattern.compile("\\{@(?:code|link) #?([^}]*)}")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement("`" + match.group(1) + "`"))
                .replace("|", "\\|")
                .strip();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
