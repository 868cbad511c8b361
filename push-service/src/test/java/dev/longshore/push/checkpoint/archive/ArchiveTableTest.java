package dev.longshore.push.checkpoint.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.domain.UnusableArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What comes of each archive, as a table: it is in docs/checkpoints.md, and {@code -Dlongshore.regenerate} writes it anew. */
class ArchiveTableTest {

    private static final Path PAGE = Path.of("../docs/checkpoints.md");
    private static final String BEGIN = "<!-- table: written by ArchiveTableTest -->\n";
    private static final String END = "<!-- end of the table -->\n";

    @Test
    void theTableSaysWhatComesOfEachArchive() throws IOException {
        var page = Files.readString(PAGE);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        var end = page.indexOf(END);
        assertThat(begin).isLessThanOrEqualTo(end);
        var table = table();
        if (System.getProperty("longshore.regenerate") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertThat(page.substring(begin, end)).isEqualTo(table);
        }
    }

    private static String table() throws IOException {
        var table = new StringBuilder("\n| archive | what comes of it |\n|---|---|\n");
        files().forEach((name, content) -> row(table, "`" + name + "`", content));
        Archives.broken().forEach((name, content) -> row(table, name, content));
        return table.append('\n').toString();
    }

    private static Map<String, byte[]> files() throws IOException {
        try (var files = Files.list(Archives.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".md"))
                    .collect(Collectors.toMap(name -> name, Archives::bytes, (one, _) -> one, TreeMap::new));
        }
    }

    private static void row(StringBuilder table, String name, byte[] content) {
        table.append("| %s | %s |\n".formatted(name, outcome(content)));
    }

    private static String outcome(byte[] content) {
        try {
            var limits = new ArchiveLimits(1L << 30, 100, 10_000);
            return accepted(new ArchiveReader(limits).read(new ByteArrayInputStream(content), _ -> {}));
        } catch (UnusableArchiveException unusable) {
            return "`%s`: %s".formatted(unusable.code().code(), unusable.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String accepted(ReadArchive archive) {
        var checkpoint = archive.checkpoint();
        var secrets = checkpoint.leaks().stream()
                .flatMap(leak -> leak.names().stream())
                .collect(Collectors.joining(", "));
        var place = checkpoint.pod() == null ? "" : " in %s/%s".formatted(checkpoint.namespace(), checkpoint.pod());
        return "an image (%s, layer `%s`): %s%s of %s, %d KiB of memory, leaks %s (%s)"
                .formatted(
                        checkpoint.engine(),
                        Arrays.asList(archive.compression().mediaType().split("v1\\."))
                                .getLast(),
                        checkpoint.container(),
                        place,
                        checkpoint.checkpointedAt(),
                        checkpoint.memorySize() >> 10,
                        checkpoint.leaks().stream()
                                .map(leak -> leak.kind()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '))
                                .collect(Collectors.joining(", ")),
                        secrets);
    }
}
