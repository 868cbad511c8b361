package dev.longshore.scan.domain;

/**
 * A pattern in which {@code *} stands for any text within a path segment and {@code **} for any text.
 *
 * <p>Matched by hand rather than as a regular expression, because patterns come from users: this takes at most pattern
 * times text steps.
 */
public record Glob(String pattern) {

    public boolean matches(String text) {
        var reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (var at = 0; at < pattern.length(); at++) {
            var letter = pattern.charAt(at);
            if (letter != '*') {
                reached = afterLetter(reached, text, letter);
            } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '*') {
                at++;
                reached = afterStar(reached, text, true);
            } else {
                reached = afterStar(reached, text, false);
            }
        }
        return reached[text.length()];
    }

    /** Whether it matches whatever tag there is. */
    boolean matchesAnyTag() {
        return pattern.equals("*") || pattern.equals("**");
    }

    private static boolean[] afterLetter(boolean[] reached, String text, char letter) {
        var next = new boolean[reached.length];
        for (var i = 0; i < text.length(); i++) {
            next[i + 1] = reached[i] && text.charAt(i) == letter;
        }
        return next;
    }

    private static boolean[] afterStar(boolean[] reached, String text, boolean acrossSegments) {
        var next = new boolean[reached.length];
        next[0] = reached[0];
        for (var i = 1; i < next.length; i++) {
            next[i] = reached[i] || (next[i - 1] && (acrossSegments || text.charAt(i - 1) != '/'));
        }
        return next;
    }
}
