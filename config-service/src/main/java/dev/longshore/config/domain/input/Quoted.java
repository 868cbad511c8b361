package dev.longshore.config.domain.input;

import dev.longshore.oci.ForeignText;

/** Foreign text in a message. */
public final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    public static String of(String value) {
        return ForeignText.quoted(value, LONGEST);
    }
}
