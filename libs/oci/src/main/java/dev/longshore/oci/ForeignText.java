package dev.longshore.oci;

import java.util.regex.Pattern;

/** Text of somebody else's making, on its way into a message, a log or a key. */
public final class ForeignText {

    /** Control, format and other characters that are not seen, and the two that end a line or a paragraph. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private ForeignText() {}

    /** With a question mark for whatever would forge a line, or hide something in it. */
    public static String printable(String text) {
        return UNSEEN.matcher(text).replaceAll("?");
    }

    /**
     * The first so many characters and an ellipsis, if it has more. Not in the middle of one that takes two: half of it
     * is no text.
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** {@link #printable}, and {@link #cut}. */
    public static String bounded(String text, int most) {
        return cut(printable(text), most);
    }

    /** {@link #bounded}, between quotation marks. */
    public static String quoted(String text, int most) {
        return "'" + bounded(text, most) + "'";
    }
}
