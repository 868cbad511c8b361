package dev.longshore.gateway.idempotency.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header as draft-ietf-httpapi-idempotency-key-header has it, a quoted string; it is taken without quotes too, as
 * most send it.
 */
public record IdempotencyKey(String value) {

    private static final String CHARACTERS = "[!#-\\[\\]-~]{1,255}";
    private static final Pattern ALLOWED = Pattern.compile(CHARACTERS);

    /** What a header may be, as a regular expression. */
    public static final String HEADER = "^(" + CHARACTERS + "|\"" + CHARACTERS + "\")$";

    /** Empty if it is none: too long, or with characters that cannot be in it. */
    public static Optional<IdempotencyKey> parse(String header) {
        var text = header.strip();
        var isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        var value = isQuoted ? text.substring(1, text.length() - 1) : text;
        return ALLOWED.matcher(value).matches() ? Optional.of(new IdempotencyKey(value)) : Optional.empty();
    }
}
