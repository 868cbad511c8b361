package dev.longshore.local;

/** Something that trying again will not mend: the message is a sentence that says what to change. */
final class MisconfiguredException extends RuntimeException {

    MisconfiguredException(String message) {
        super(message);
    }
}
