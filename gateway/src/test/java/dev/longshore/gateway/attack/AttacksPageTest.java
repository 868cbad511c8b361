package dev.longshore.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page is written anew with {@code -Dlongshore.regenerate}. */
class AttacksPageTest {

    private static final Path PAGE = Path.of("../docs/attacks.md");
    private static final String BEGIN = "<!-- begin: made by AttacksPageTest -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void saysWhatTheTestsSend() throws IOException {
        var page = Files.readString(PAGE);
        var made =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + tables() + page.substring(page.indexOf(END));
        if (System.getProperty("longshore.regenerate") != null) {
            Files.writeString(PAGE, made);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String tables() {
        return Attacks.all()
                .collect(Collectors.groupingBy(Attack::kind, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(kind -> "\n## %s\n\n| sent | answered | |\n|---|---|---|\n%s\n"
                        .formatted(kind.getKey(), rows(kind.getValue())))
                .collect(Collectors.joining());
    }

    private static String rows(List<Attack> attacks) {
        return attacks.stream()
                .map(attack -> "| %s | %d | %s |\n".formatted(attack.sent(), attack.status(), why(attack)))
                .collect(Collectors.joining());
    }

    private static String why(Attack attack) {
        return attack.why().matches("[a-z-]+") ? "[%1$s](problems/%1$s.md)".formatted(attack.why()) : attack.why();
    }
}
