package dev.longshore.config.domain.input;

import java.util.Optional;
import java.util.regex.Pattern;

/** Patterns: {@code *} stands for anything within a path segment, {@code **} also across segments. */
public final class Globs {

    private static final int LONGEST = 255;
    private static final Pattern TOO_MANY_STARS = Pattern.compile("\\*{3,}");
    private static final Pattern REGISTRY = Pattern.compile("[a-z0-9*-]+");
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9._/*-]+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._*-]+");
    private static final Pattern IMAGE =
            Pattern.compile("[a-z0-9._/*-]+(?::[A-Za-z0-9._*-]+|@sha256:[a-f0-9]{64}|@sha512:[a-f0-9]{128})?");
    private static final Pattern PACKAGE = Pattern.compile("[^\\s\\p{Cntrl}]+");
    private static final Pattern VULNERABILITY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:*-]*");

    private Globs() {}

    public static Optional<String> registry(String glob) {
        return problem(glob, REGISTRY, "a pattern of registry names (lower case letters, digits, '-' and '*')");
    }

    public static Optional<String> repository(String glob) {
        return problem(
                        glob,
                        REPOSITORY,
                        "a pattern of repositories (lower case letters, digits, '.', '_', '-', '/' and '*')")
                .or(() -> glob.startsWith("/") || glob.endsWith("/") || glob.contains("//")
                        ? Optional.of("The pattern %s has an empty path segment".formatted(Quoted.of(glob)))
                        : Optional.empty());
    }

    public static Optional<String> tag(String glob) {
        return problem(glob, TAG, "a pattern of tags (letters, digits, '.', '_', '-' and '*')");
    }

    /** {@code repository:tag}, {@code registry/repository:tag}, or a digest for the tag; without one, every tag. */
    public static Optional<String> image(String glob) {
        return problem(glob, IMAGE, "a pattern of images such as internal/*:latest");
    }

    public static Optional<String> packageName(String glob) {
        return problem(glob, PACKAGE, "a pattern of package names (no spaces)");
    }

    public static Optional<String> vulnerability(String glob) {
        return problem(glob, VULNERABILITY, "a vulnerability's id such as CVE-2021-44228");
    }

    /** In time proportional to pattern times text: what people write must not be able to stop the service. */
    public static boolean matches(String glob, String text) {
        var reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (var at = 0; at < glob.length(); at++) {
            var isStar = glob.charAt(at) == '*';
            var isAcross = isStar && at + 1 < glob.length() && glob.charAt(at + 1) == '*';
            reached = advance(reached, text, glob.charAt(at), isAcross);
            at += isAcross ? 1 : 0;
        }
        return reached[text.length()];
    }

    private static boolean[] advance(boolean[] before, String text, char part, boolean isAcross) {
        var after = new boolean[before.length];
        after[0] = part == '*' && before[0];
        for (var i = 1; i < after.length; i++) {
            var last = text.charAt(i - 1);
            after[i] = part == '*'
                    ? before[i] || (after[i - 1] && (isAcross || last != '/'))
                    : before[i - 1] && last == part;
        }
        return after;
    }

    private static Optional<String> problem(String glob, Pattern allowed, String rule) {
        if (glob.length() > LONGEST) {
            return Optional.of("The pattern %s has %d characters; at most %d are allowed"
                    .formatted(Quoted.of(glob), glob.length(), LONGEST));
        }
        if (TOO_MANY_STARS.matcher(glob).find()) {
            return Optional.of(
                    "%s has more than two stars in a row; a pattern knows only * and **".formatted(Quoted.of(glob)));
        }
        return allowed.matcher(glob).matches()
                ? Optional.empty()
                : Optional.of("%s is not %s".formatted(Quoted.of(glob), rule));
    }
}
