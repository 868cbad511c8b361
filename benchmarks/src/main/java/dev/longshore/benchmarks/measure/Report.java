package dev.longshore.benchmarks.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that a benchmark says, for people and for programs. */
public record Report(
        String benchmark,
        String at,
        Machine machine,
        Map<String, String> versions,
        Map<String, String> durability,
        List<Section> sections) {

    public static Report of(
            String benchmark,
            Machine machine,
            Map<String, String> versions,
            Map<String, String> durability,
            List<Section> sections) {
        return new Report(benchmark, Instant.now().toString(), machine, versions, durability, sections);
    }

    public boolean reachedAll() {
        return sections.stream().flatMap(section -> section.aims().stream()).allMatch(Aim::met);
    }

    public String json() throws JsonProcessingException {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    public String text() {
        var text = new StringBuilder();
        add(text, "bench %s, %s", benchmark, at);
        add(text, "machine     %s", machine);
        add(text, "versions    %s", join(versions));
        add(text, "durability  %s", join(durability));
        sections.forEach(section -> add(text, section));
        return text.toString();
    }

    private static void add(StringBuilder text, Section section) {
        add(text, "%n%s", section.title());
        if (!section.rows().isEmpty()) {
            add(
                    text,
                    "  %-28s %4s %9s %9s %9s %9s %7s %6s",
                    "",
                    "runs",
                    "median s",
                    "lowest",
                    "p95",
                    "highest",
                    "CPU s",
                    "ratio");
        }
        section.rows().forEach(row -> add(text, row));
        section.facts().forEach((name, value) -> add(text, "  %-28s %s", name, value));
        section.aims()
                .forEach(aim -> add(text, "  %s %s: %s", aim.met() ? "reached" : "MISSED ", aim.aim(), aim.seen()));
    }

    private static void add(StringBuilder text, Row row) {
        add(
                text,
                "  %-28s %4d %9.3f %9.3f %9.3f %9.3f %7.2f %6s",
                row.name(),
                row.runs(),
                row.median(),
                row.lowest(),
                row.p95(),
                row.highest(),
                row.cpuSeconds(),
                row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", row.ratio()));
    }

    private static void add(StringBuilder text, String line, Object... values) {
        text.append(String.format(Locale.ROOT, line, values)).append('\n');
    }

    private static String join(Map<String, String> pairs) {
        var words = pairs.entrySet().stream().map(pair -> pair.getKey() + " " + pair.getValue());
        return String.join(" · ", words.toList());
    }
}
