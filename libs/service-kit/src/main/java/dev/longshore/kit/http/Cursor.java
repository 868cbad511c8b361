package dev.longshore.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A position in a list, opaque to clients. */
public final class Cursor {

    private Cursor() {}

    public static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
    }

    /** The position; the empty string for no cursor. */
    public static String decode(@Nullable String cursor) {
        try {
            return cursor == null ? "" : new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException failure) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The cursor is not one that a page gave as 'next'");
        }
    }
}
