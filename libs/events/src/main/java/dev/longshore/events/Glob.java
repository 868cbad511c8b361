package dev.longshore.events;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of the API: {@code *} stands for anything within a path segment, {@code **} for anything, also across
 * segments; {@code **}{@code /} for nothing or any number of whole segments.
 *
 * <p>Matched in time proportional to pattern times text: what people write must not be able to stop the service.
 */
public final class Glob {

    private enum Kind {
        LITERAL,
        WITHIN_SEGMENT,
        ACROSS,
        LEADING_SEGMENTS
    }

    private record Part(Kind kind, char literal) {}

    private final String pattern;
    private final List<Part> parts;

    private Glob(String pattern, List<Part> parts) {
        this.pattern = pattern;
        this.parts = parts;
    }

    public static Glob parse(String pattern) {
        var parts = new ArrayList<Part>();
        for (var i = 0; i < pattern.length(); i++) {
            var atSegment = i == 0 || pattern.charAt(i - 1) == '/';
            if (pattern.startsWith("**/", i) && atSegment) {
                parts.add(new Part(Kind.LEADING_SEGMENTS, '*'));
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                parts.add(new Part(Kind.ACROSS, '*'));
                i++;
            } else if (pattern.charAt(i) == '*') {
                parts.add(new Part(Kind.WITHIN_SEGMENT, '*'));
            } else {
                parts.add(new Part(Kind.LITERAL, pattern.charAt(i)));
            }
        }
        return new Glob(pattern, List.copyOf(parts));
    }

    public boolean matches(String text) {
        // reached[i]: the parts so far match the first i characters.
        var reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (var part : parts) {
            reached = advance(part, reached, text);
        }
        return reached[text.length()];
    }

    /** What every text that matches begins with. */
    public String literalPrefix() {
        var star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    /** Whether it matches every tag there can be. */
    public boolean matchesAnyTag() {
        return pattern.equals("*") || pattern.equals("**");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob glob && glob.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    private static boolean[] advance(Part part, boolean[] before, String text) {
        var after = new boolean[before.length];
        if (part.kind() != Kind.LITERAL) {
            after[0] = before[0];
        }
        var begun = before[0];
        for (var i = 1; i < before.length; i++) {
            var last = text.charAt(i - 1);
            after[i] = switch (part.kind()) {
                case LITERAL -> before[i - 1] && last == part.literal();
                case WITHIN_SEGMENT -> before[i] || (after[i - 1] && last != '/');
                case ACROSS -> before[i] || after[i - 1];
                case LEADING_SEGMENTS -> before[i] || (begun && last == '/');
            };
            begun |= before[i];
        }
        return after;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
