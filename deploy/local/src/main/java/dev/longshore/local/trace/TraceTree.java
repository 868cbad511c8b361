package dev.longshore.local.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints one trace as a tree, with when each span began and how long it took: {@code TraceTree FOLDER TRACE-ID}. */
public final class TraceTree {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Span> roots;
    private final Map<String, List<Span>> children;
    private final long begun;
    private final long ended;
    private final int size;

    TraceTree(List<Span> spans) {
        var ids = spans.stream().map(Span::id).collect(Collectors.toSet());
        var byTime = Comparator.comparingLong(Span::begun);
        this.roots = spans.stream()
                .filter(span -> !ids.contains(span.parentId()))
                .sorted(byTime)
                .toList();
        this.children = spans.stream().sorted(byTime).collect(Collectors.groupingBy(Span::parentId));
        this.begun = spans.stream().mapToLong(Span::begun).min().orElse(0);
        this.ended = spans.stream().mapToLong(Span::ended).max().orElse(0);
        this.size = spans.size();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: TraceTree FOLDER TRACE-ID");
            System.exit(64);
        }
        var folder = Path.of(arguments[0]);
        var traceId = arguments[1].toLowerCase(Locale.ROOT);
        var spans = Files.isDirectory(folder) ? new TraceFiles(folder).spansOf(traceId) : List.<Span>of();
        if (spans.isEmpty()) {
            System.err.println("There is no span of trace " + traceId + " in " + folder);
            System.exit(1);
        }
        System.out.println("trace " + traceId);
        new TraceTree(spans).lines().forEach(System.out::println);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%10s %10s".formatted("begun ms", "took ms"));
        roots.forEach(root -> add(root, 0, lines));
        lines.add("%d spans in %s ms".formatted(size, millis(ended - begun)));
        return lines;
    }

    private void add(Span span, int depth, List<String> lines) {
        lines.add("%10s %10s  %s%s  %s%s%s"
                .formatted(
                        millis(span.begun() - begun),
                        millis(span.ended() - span.begun()),
                        "  ".repeat(depth),
                        span.service(),
                        span.name(),
                        span.kind().isEmpty() ? "" : " (" + span.kind() + ")",
                        span.failed() ? " FAILED" : ""));
        children.getOrDefault(span.id(), List.of()).forEach(child -> add(child, depth + 1, lines));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }
}
