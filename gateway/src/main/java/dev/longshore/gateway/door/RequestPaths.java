package dev.longshore.gateway.door;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Refuses paths that two programs could read differently: what one takes for a name, the next may take for a way out of
 * the folder. No name in this API needs any of them.
 */
public final class RequestPaths {

    private static final int LONGEST = 2048;
    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9a-fA-F]{2})");
    /** Slash, backslash, dot, semicolon, percent and control characters, percent-encoded. */
    private static final Pattern ENCODED = Pattern.compile("%(?:2[fF]|5[cC]|2[eE]|3[bB]|25|[01][0-9a-fA-F]|7[fF])");

    private RequestPaths() {}

    /** Why the path, as it was sent, is refused; empty for a good one. */
    public static Optional<String> refusal(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("The path does not begin with a slash");
        }
        if (path.length() > LONGEST) {
            return Optional.of("The path is longer than %d characters".formatted(LONGEST));
        }
        if (path.contains("//")) {
            return Optional.of("The path has an empty segment");
        }
        if (path.chars().anyMatch(c -> c == ';' || c == '\\' || c <= ' ' || c >= 0x7f)) {
            return Optional.of("The path has a character that is not allowed in it");
        }
        if (MALFORMED.matcher(path).find() || ENCODED.matcher(path).find()) {
            return Optional.of("The path has a percent-encoding that is not allowed in it");
        }
        if (Stream.of(path.split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            return Optional.of("The path has a segment of dots");
        }
        return Optional.empty();
    }
}
