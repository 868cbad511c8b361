package dev.longshore.config.domain.input;

/** Foreign text in a message: bounded, and without control characters that would forge log lines. */
public final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    public static String of(String value) {
        var printable = value.replaceAll("\\p{Cntrl}", "?");
        return "'" + (printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…") + "'";
    }
}
