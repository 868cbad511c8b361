package dev.longshore.kit.change;

/** A freeze stands: nothing is changed until it is lifted. */
public final class FrozenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FrozenException(String scope, String reason) {
        super("Could not change anything: frozen for %s (%s)".formatted(scope, reason));
    }
}
