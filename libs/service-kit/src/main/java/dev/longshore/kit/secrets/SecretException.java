package dev.longshore.kit.secrets;

import org.jspecify.annotations.Nullable;

/** A secret cannot be opened: moved, of another keyset, or not where it is said to be. */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
